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

/// Ideas and plans of any organisation.
pub(in crate::diagram_content) const IDEAS: &[&str] = &[
    "New website",
    "Longer hours",
    "Staff training",
    "Solar panels",
    "Online booking",
    "Open day",
    "Newsletter",
    "Bike stands",
    "New logo",
    "Better lighting",
    "Card payment",
    "Summer party",
    "Loyalty card",
    "Podcast",
    "Home office",
    "New scanner",
    "Clear signs",
    "Spring cleaning",
    "Price list",
    "Photo archive",
    "Delivery van",
    "Lift repair",
    "Fire drill",
    "Data backup",
    "Apprentice post",
    "Rain shelter",
    "Guest survey",
    "Stock app",
    "Quiet room",
    "Plant wall",
    "Tool library",
    "Second till",
    "Stand at the fair",
    "Tablet menu",
];

/// Columns of boards.
pub(in crate::diagram_content) const BOARDS: &[&[&str]] = &[
    &["To do", "Doing", "Done"],
    &["To do", "In progress", "Review", "Done"],
    &["Backlog", "Ready", "In progress", "Testing", "Done"],
    &["Ideas", "Planned", "Running", "Finished"],
    &["This week", "Today", "Waiting", "Done"],
    &["Open", "In work", "Closed"],
    &["Requested", "Approved", "Ordered", "Delivered"],
    &["Now", "Next", "Later"],
    &["New", "Assigned", "Blocked", "Solved"],
    &["Not started", "Started", "Finished"],
    &["Later", "Done"],
    &["Draft", "Edit", "Layout", "Print"],
];
