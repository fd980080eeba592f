# How the machine does, in numbers
machine-about = How the bot is doing
machine-well = 🟢 The bot is well
machine-stands-still = 🔴 The clock has stood still for { $minutes } min: no reminder goes. Please restart the bot.
machine-tick = ⏱ Last tick: { $seconds } s ago
machine-no-tick = ⏱ No tick yet
machine-waiting = 📥 To be worked: { $inbox }　📤 to be sent: { $outbox }
machine-due = ⏰ Oldest thing due: { $at }
machine-troubles = ⚠️ In a day: failed { $failed }, uncertain { $uncertain }, given up { $dead }
machine-backup = 💾 Last backup: { $at }
machine-no-backup = 💾 No backup yet: please run tongxue backup
machine-refresh = Refresh
