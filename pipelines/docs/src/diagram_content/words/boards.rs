//! Scales of planes, columns of boards, and ideas to place there.

/// Axes of a quadrant diagram with the names of its quadrants: top right, top left, bottom left, bottom right.
pub(in crate::diagram_content) struct Plane {
    pub(in crate::diagram_content) title: &'static str,
    pub(in crate::diagram_content) x: &'static str,
    pub(in crate::diagram_content) y: &'static str,
    pub(in crate::diagram_content) quadrants: [&'static str; 4],
    /// True when things of a domain are placed, else ideas.
    pub(in crate::diagram_content) things: bool,
}

pub(in crate::diagram_content) const PLANES: &[Plane] = &[
    Plane {
        title: "Effort and value",
        x: "Effort",
        y: "Value",
        quadrants: ["Big projects", "Quick wins", "Fill-ins", "Time sinks"],
        things: false,
    },
    Plane {
        title: "Urgent or important",
        x: "Urgency",
        y: "Importance",
        quadrants: ["Do now", "Plan", "Drop", "Delegate"],
        things: false,
    },
    Plane {
        title: "Risk map",
        x: "Likelihood",
        y: "Impact",
        quadrants: ["Act at once", "Prepare", "Accept", "Watch"],
        things: false,
    },
    Plane {
        title: "Cost and benefit",
        x: "Cost",
        y: "Benefit",
        quadrants: ["Think twice", "Go ahead", "Leave for later", "Avoid"],
        things: false,
    },
    Plane {
        title: "Skill and motivation",
        x: "Skill",
        y: "Motivation",
        quadrants: ["Trust", "Train", "Guide", "Inspire"],
        things: false,
    },
    Plane {
        title: "Price and quality",
        x: "Price",
        y: "Quality",
        quadrants: ["Premium", "Best buys", "Basic", "Overpriced"],
        things: true,
    },
    Plane {
        title: "Growth and share",
        x: "Share",
        y: "Growth",
        quadrants: ["Stars", "Question marks", "Poor dogs", "Cash cows"],
        things: true,
    },
    Plane {
        title: "What customers want",
        x: "Satisfaction",
        y: "Importance",
        quadrants: ["Keep up", "Improve first", "Low priority", "Possible overkill"],
        things: true,
    },
    Plane {
        title: "Demand and supply",
        x: "Supply",
        y: "Demand",
        quadrants: ["Balanced", "Order more", "Rare goods", "Reduce stock"],
        things: true,
    },
    Plane {
        title: "Popularity and margin",
        x: "Popularity",
        y: "Margin",
        quadrants: ["Winners", "Hidden gems", "Sleepers", "Workhorses"],
        things: true,
    },
];

/// The ideas that a house of this domain may have: a home has no staff, and nothing in the open has a lift.
pub(in crate::diagram_content) fn ideas(domain: &str) -> Vec<String> {
    let unfit: &[&str] = match domain {
        "household" => &[
            "New website",
            "Staff training",
            "Open day",
            "Newsletter",
            "New logo",
            "Podcast",
            "Clear signs",
            "Lift repair",
            "Fire drill",
            "Apprentice post",
            "Meeting room",
            "Phone system",
            "Parking rules",
            "Staff survey",
            "Team outing",
            "Annual report",
            "Suggestion box",
        ],
        "farm" | "orchard" | "beekeeping" | "fishery" | "forestry" | "garden" | "birds" | "river"
        | "campsite" => &["Home office", "Lift repair", "Quiet room", "Plant wall", "Meeting room"],
        _ => &[],
    };
    IDEAS.iter().filter(|idea| !unfit.contains(*idea)).map(|idea| (*idea).to_owned()).collect()
}

/// Ideas and plans that an organisation may have.
const IDEAS: &[&str] = &[
    "New website",
    "Staff training",
    "Solar panels",
    "Open day",
    "Newsletter",
    "Bike stands",
    "New logo",
    "Better lighting",
    "Summer party",
    "Podcast",
    "Home office",
    "New scanner",
    "Clear signs",
    "Spring cleaning",
    "Photo archive",
    "Lift repair",
    "Fire drill",
    "Data backup",
    "Apprentice post",
    "Rain shelter",
    "Quiet room",
    "Plant wall",
    "Meeting room",
    "Water dispenser",
    "Phone system",
    "Recycling bins",
    "First-aid kit",
    "Parking rules",
    "Staff survey",
    "Team outing",
    "New chairs",
    "Shared calendar",
    "Annual report",
    "Suggestion box",
    "Door intercom",
    "Roof insulation",
];

/// Columns of boards.
pub(in crate::diagram_content) const BOARDS: &[&[&str]] = &[
    &["To do", "Doing", "Done"],
    &["To do", "In progress", "Review", "Done"],
    &["Backlog", "Ready", "In progress", "Testing", "Done"],
    &["Ideas", "Planned", "Running", "Finished"],
    &["This week", "Today", "Waiting", "Done"],
    &["Open", "In work", "Closed"],
    &["Next", "Doing", "Checking", "Done"],
    &["Not begun", "Under way", "On hold", "Finished"],
    &["Not started", "Started", "Finished"],
];
