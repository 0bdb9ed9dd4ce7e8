//! What happened over the years, and sets of people and things that overlap.

/// What happens to an organisation over the years: event and a sentence on it.
pub(in crate::diagram_content) const HISTORY: &[(&str, &str)] = &[
    ("Founded by {family}", "With two helpers and one room."),
    ("Move to {town}", "The old house had become too small."),
    ("First branch opened", "In the building of the old mill."),
    ("New building", "Planned by {family2} and built in a year."),
    ("Fire in the store", "Nobody was hurt."),
    ("Hundredth member of staff", "{given} {family2} joined."),
    ("First computer", "It filled half a room."),
    ("Anniversary party", "With music and 300 guests."),
    ("Merger with {family2} & Co.", "Both names were kept."),
    ("First woman in charge", "{woman} {family2} took over."),
    ("Website goes live", "With three pages at first."),
    ("Solar roof installed", "It covers a third of the demand."),
    ("Archive opened", "Papers from five decades."),
    ("Flood in the cellar", "Clean-up took two months."),
    ("Prize for good work", "Given by the county."),
    ("Strike of the staff", "It ended after nine days."),
    ("Training school opened", "For 24 apprentices."),
    ("Second branch closed", "Too few people came."),
    ("New name and logo", "Chosen from 80 drafts."),
    ("Export begins", "First orders came from abroad."),
    ("Sold to its staff", "Each holds one share."),
    ("Restoration finished", "The facade is yellow again."),
    ("First annual report", "Twelve printed pages."),
    ("Fleet goes electric", "Six vans and a lorry."),
];

/// Groups of people or offers that may overlap: titles with sets.
pub(in crate::diagram_content) const CLUBS: &[(&str, &[&str])] = &[
    (
        "Who is in which club",
        &["Choir", "Football", "Chess", "Drama", "Robotics", "Orchestra", "Judo", "Gardening"],
    ),
    ("Who speaks what", &["French", "Spanish", "German", "Polish", "Arabic", "Swedish"]),
    ("Who works which day", &["Monday", "Wednesday", "Friday", "Saturday"]),
    ("Who has which licence", &["Car", "Lorry", "Forklift", "Boat", "Bus"]),
    ("Helpers by task", &["Kitchen", "Stage", "Car park", "First aid", "Till"]),
    ("Courses taken", &["Physics", "Biology", "History", "Art", "Economics"]),
];

/// Pairs and triples that goods may belong to.
pub(in crate::diagram_content) const ASSORTMENTS: &[(&str, &[&str])] = &[
    ("Planned for", &["Summer", "Winter", "Spring", "Autumn"]),
    ("Named in the survey by", &["Visitors", "Staff", "Students", "Pensioners"]),
    ("Recorded in", &["Paper list", "Database", "Yearbook"]),
    ("Checked by", &["Day shift", "Night shift", "Inspector"]),
    ("Shown in", &["Leaflet", "Web page", "Poster", "Newsletter"]),
    ("On the list of", &["Head office", "North office", "South office"]),
];
