# The group of the class
groups-adopted = 💬 Noted: the group “{ $group }” belongs to { $title }. A notice can now be put there too: with the number of readers, without names.
    I do not read what is said in the group.
groups-adopted-no-pin = 💬 Noted: the group “{ $group }” belongs to { $title }. To have notices pinned, make me an administrator of the group who may “Pin messages”.
    I do not read what is said in the group.
groups-lost = 💬 The group of { $title } is out of reach: no notices go there from now on, private ones go as before. To have it back, add me to the group again.
