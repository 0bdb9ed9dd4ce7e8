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
            ("Clearing", &["Fell old trees", "Test soil", "Plough field", "Order saplings"]),
            ("Planting", &["Build fence", "Dig holes", "Plant saplings", "Prune stems"]),
            ("Care", &["Lay drip lines", "Mulch rows", "Graft varieties", "Set up hives", "Mow rows"]),
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
    Project {
        title: "New library branch",
        domain: "library",
        phases: &[
            ("Planning", &["Count readers", "Find rooms", "Sign lease", "Order shelves"]),
            ("Building", &["New floor", "Ramp at the door", "Lighting", "Data cables", "Reading corner"]),
            ("Stock", &["Choose books", "Cover books", "Enter into catalogue", "Fill shelves"]),
            ("Opening", &["Hire staff", "Print cards", "Test desk", "Opening week"]),
        ],
    },
    Project {
        title: "Cycle path along the river",
        domain: "townhall",
        phases: &[
            ("Study", &["Traffic count", "Draw route", "Hearing", "Council vote"]),
            ("Land", &["Buy strips", "Move fences", "Fell poplars", "Rescue newts"]),
            ("Works", &["Dig bed", "Drainage", "Gravel layer", "Asphalt", "Two footbridges"]),
            ("Finish", &["Signs", "Benches", "Line marking", "Opening ride"]),
        ],
    },
    Project {
        title: "School play",
        domain: "school",
        phases: &[
            ("Text", &["Choose play", "Shorten text", "Cast roles", "Write songs"]),
            ("Stage", &["Build set", "Sew costumes", "Hang lamps", "Collect props"]),
            ("Rehearsals", &["Read through", "First act", "Second act", "Run through", "Dress rehearsal"]),
            ("Public", &["Print posters", "Sell tickets", "Premiere", "Take down set"]),
        ],
    },
    Project {
        title: "New dairy line",
        domain: "dairy",
        phases: &[
            ("Design", &["Measure hall", "Choose filler", "Ask for bids", "Order line"]),
            ("Rebuild", &["Remove old line", "New drains", "Lay tiles", "Air supply", "Power supply"]),
            ("Assembly", &["Set up tanks", "Join pipes", "Mount filler", "Wire control"]),
            ("Start", &["Water test", "Trial batch", "Train crew", "First yoghurt"]),
        ],
    },
    Project {
        title: "Town archive goes digital",
        domain: "museum",
        phases: &[
            ("Preparation", &["Sort boxes", "Remove clips", "Test scanners", "Write rules"]),
            ("Scanning", &["Council minutes", "Photo plates", "Old maps", "Newspapers", "Letters"]),
            ("Data", &["Name files", "Check pictures", "Read text", "Link places"]),
            ("Access", &["Build search page", "Ask for rights", "Test with readers", "Press day"]),
        ],
    },
    Project {
        title: "Playground",
        domain: "kindergarten",
        phases: &[
            ("Ideas", &["Ask children", "Draw plan", "Collect donations", "Get permit"]),
            ("Ground", &["Remove paving", "Dig pits", "Plant hedge", "Sow grass"]),
            ("Equipment", &["Climbing frame", "Slide", "Sandpit", "Swings", "Water pump"]),
            ("Opening", &["Safety check", "Paint fence", "Opening party"]),
        ],
    },
    Project {
        title: "Moving the office",
        domain: "insurance",
        phases: &[
            ("Before", &["Measure rooms", "Draw seating plan", "Choose movers", "Cancel lease"]),
            ("New house", &["Paint walls", "Carpets", "Network sockets", "Kitchen", "Door signs"]),
            ("Move", &["Label boxes", "Pack files", "Move servers", "Move desks"]),
            ("After", &["Set up phones", "New letterhead", "Clean old rooms", "Hand over keys"]),
        ],
    },
    Project {
        title: "Hop garden",
        domain: "brewery",
        phases: &[
            ("Land", &["Test soil", "Plough", "Sow green manure", "Drain field"]),
            ("Frame", &["Order poles", "Set poles", "Stretch wires", "Anchor edges"]),
            ("Plants", &["Buy cuttings", "Plant rows", "Train shoots", "Drip pipes"]),
            ("Harvest", &["Hire pickers", "Repair kiln", "First harvest", "Dry hops"]),
        ],
    },
    Project {
        title: "Half marathon",
        domain: "athletics",
        phases: &[
            ("Permits", &["Choose course", "Police talks", "Road closures", "Insurance"]),
            ("Runners", &["Open sign-up", "Order medals", "Send numbers", "Pace groups"]),
            ("Course", &["Measure course", "Water stands", "Start arch", "Distance signs"]),
            ("Race weekend", &["Pasta party", "Race day", "Results", "Clean streets"]),
        ],
    },
    Project {
        title: "Wildlife survey",
        domain: "birds",
        phases: &[
            ("Plan", &["Choose plots", "Draw maps", "Find counters", "Test sheets"]),
            ("Counts", &["Winter count", "Early spring count", "Nest count", "Summer count", "Autumn count"]),
            ("Data", &["Enter sheets", "Check doubtful birds", "Compare years"]),
            ("Report", &["Draw maps of finds", "Write report", "Talk to farmers", "Publish"]),
        ],
    },
];
