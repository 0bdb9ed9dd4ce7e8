//! Projects with phases and tasks.

/// Projects: title, domain, phases with tasks.
pub(in crate::diagram_content) struct Project {
    pub(in crate::diagram_content) title: &'static str,
    pub(in crate::diagram_content) domain: &'static str,
    pub(in crate::diagram_content) phases: &'static [(&'static str, &'static [&'static str])],
}

pub(in crate::diagram_content) const PROJECTS: &[Project] = &[
    Project {
        title: "School renovation",
        domain: "school",
        phases: &[
            (
                "Planning",
                &["Survey building", "Draw plans", "Ask for bids", "Choose builder", "Apply for permit"],
            ),
            (
                "Building",
                &["Clear rooms", "New windows", "Wiring", "Plaster walls", "Lay floors", "Roof repair"],
            ),
            (
                "Finish",
                &["Paint classrooms", "Hang boards", "Move furniture", "Final inspection", "Opening party"],
            ),
        ],
    },
    Project {
        title: "Website relaunch",
        domain: "software",
        phases: &[
            ("Concept", &["Interview users", "Collect wishes", "Write content plan", "Sketch pages"]),
            ("Design", &["Choose colours", "Draw templates", "Test prototype", "Pick typefaces"]),
            ("Build", &["Set up server", "Build pages", "Move old texts", "Connect shop", "Search function"]),
            ("Launch", &["Load test", "Train editors", "Switch over", "Fix first bugs"]),
        ],
    },
    Project {
        title: "Summer festival",
        domain: "volunteers",
        phases: &[
            ("Programme", &["Invite bands", "Plan stages", "Sign contracts", "Print programme"]),
            ("Site", &["Rent field", "Fence site", "Build stage", "Lay cables", "Set up tents"]),
            ("Helpers", &["Find helpers", "Plan shifts", "Brief helpers", "Order T-shirts"]),
            ("Money", &["Find sponsors", "Sell tickets", "Pay bills"]),
        ],
    },
    Project {
        title: "New exhibition",
        domain: "museum",
        phases: &[
            ("Research", &["Choose theme", "Search archive", "Write catalogue", "Select objects"]),
            ("Loans", &["Write to lenders", "Arrange insurance", "Book transport", "Check condition"]),
            ("Rooms", &["Build walls", "Paint rooms", "Mount objects", "Set lights", "Hang labels"]),
            ("Public", &["Print posters", "Train guides", "Press preview", "Opening night"]),
        ],
    },
    Project {
        title: "Bridge repair",
        domain: "construction",
        phases: &[
            ("Preparation", &["Inspect piers", "Close lane", "Set up site", "Order steel"]),
            ("Structure", &["Remove asphalt", "Weld girders", "Replace bearings", "Cast deck", "Seal deck"]),
            ("Surface", &["Lay asphalt", "Mount railings", "Paint lines", "Load test", "Open bridge"]),
        ],
    },
    Project {
        title: "Launch of a new beer",
        domain: "brewery",
        phases: &[
            ("Recipe", &["Choose malts", "Brew trials", "Taste panel", "Fix recipe"]),
            ("Brewing", &["Buy hops", "First brew", "Fermentation", "Maturing", "Bottling"]),
            ("Market", &["Design label", "Set price", "Inform pubs", "Launch evening", "Collect feedback"]),
        ],
    },
    Project {
        title: "Field study",
        domain: "university",
        phases: &[
            ("Preparation", &["Write proposal", "Ethics approval", "Buy sensors", "Train students"]),
            ("Field work", &["Set up plots", "First survey", "Second survey", "Soil samples", "Interviews"]),
            ("Analysis", &["Clean data", "Fit models", "Draw figures", "Check results"]),
            ("Paper", &["Write draft", "Internal review", "Submit paper", "Archive data"]),
        ],
    },
    Project {
        title: "Moving the clinic",
        domain: "clinic",
        phases: &[
            ("Planning", &["List equipment", "Plan rooms", "Inform patients", "Hire movers"]),
            ("New house", &["Install sinks", "Lay network", "X-ray shielding", "Hygiene check"]),
            ("Move", &["Pack files", "Move devices", "Calibrate devices", "Trial day", "First patients"]),
        ],
    },
    Project {
        title: "Orchard replanting",
        domain: "orchard",
        phases: &[
            ("Autumn", &["Fell old trees", "Test soil", "Plough field", "Order saplings"]),
            ("Winter", &["Build fence", "Dig holes", "Plant saplings", "Prune stems"]),
            ("Spring", &["Lay drip lines", "Mulch rows", "Graft varieties", "Set up hives", "Mow rows"]),
        ],
    },
    Project {
        title: "Solar roof",
        domain: "solar",
        phases: &[
            ("Design", &["Measure roof", "Check statics", "Choose modules", "Grid request"]),
            ("Purchase", &["Compare offers", "Order modules", "Order inverter"]),
            ("Mounting", &["Set scaffold", "Fix rails", "Lay modules", "Pull cables", "Connect inverter"]),
            ("Start", &["Safety test", "Grid approval", "Set up display"]),
        ],
    },
    Project {
        title: "Album recording",
        domain: "orchestra",
        phases: &[
            ("Rehearsal", &["Choose pieces", "Copy scores", "Section rehearsals", "Full rehearsals"]),
            (
                "Studio",
                &["Book hall", "Place microphones", "Record strings", "Record brass", "Record soloist"],
            ),
            ("Edit", &["Select takes", "Mix", "Master", "Design cover", "Press discs"]),
        ],
    },
    Project {
        title: "Warehouse move-in",
        domain: "warehouse",
        phases: &[
            ("Building", &["Level floor", "Mount doors", "Paint lanes", "Install sprinklers"]),
            (
                "Equipment",
                &["Mount racks", "Charge trucks", "Set up scanners", "Label shelves", "Test conveyor"],
            ),
            ("Stock", &["Count old stock", "Move pallets", "Check counts", "Train pickers", "First order"]),
        ],
    },
];
