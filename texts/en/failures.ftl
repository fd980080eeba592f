failures-again = Sorry, something went wrong and I am trying again. What you sent is kept; no need to resend. (No. { $number })
failures-gave-up = Sorry, I could not do this; the administrator has been told. If it is urgent, see the class teacher. (No. { $number })
failures-for-admin = ⚠️ A message could not be worked, no. { $number }. Run tongxue doctor for details.
