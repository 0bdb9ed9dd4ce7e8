//! Effects and their causes by category.

/// Effects whose causes any organisation may look for.
pub(in crate::diagram_content) const EFFECTS: &[&str] = &[
    "Late delivery",
    "Rising costs",
    "High staff turnover",
    "Many complaints",
    "Long queues",
    "Missed deadline",
    "Poor quality",
    "Accident at work",
    "Power failure",
    "Lost documents",
    "Low morale",
    "Slow service",
    "Wrong invoices",
    "Overtime",
    "Frequent breakdowns",
    "Budget overrun",
    "Unhappy customers",
    "Too much waste",
];

/// Categories of causes.
pub(in crate::diagram_content) const CAUSES: &[(&str, &[&str])] = &[
    (
        "People",
        &[
            "Too few staff",
            "New staff",
            "Sick leave",
            "Little training",
            "Tired night shift",
            "Unclear roles",
            "Low pay",
            "No deputy",
        ],
    ),
    (
        "Machines",
        &[
            "Old engine",
            "No spare parts",
            "Worn belt",
            "Wrong setting",
            "Weak battery",
            "Rare service",
            "Broken scanner",
            "Slow computer",
        ],
    ),
    (
        "Material",
        &[
            "Late supply",
            "Poor quality goods",
            "Wrong size",
            "Damp storage",
            "Cheap packaging",
            "Mixed batches",
            "Short stock",
        ],
    ),
    (
        "Method",
        &[
            "No checklist",
            "Too many steps",
            "Old manual",
            "Skipped checks",
            "Double work",
            "Unclear order",
            "No final test",
        ],
    ),
    (
        "Environment",
        &["Heat", "Noise", "Heavy rain", "Narrow rooms", "Poor light", "Dust", "Icy yard", "Traffic jam"],
    ),
    (
        "Measurement",
        &["Rough scales", "No records", "Wrong units", "Rare samples", "Faulty sensor", "Rounded numbers"],
    ),
    ("Money", &["Small budget", "Late payment", "High rent", "Price rise", "No reserves", "Costly loan"]),
    (
        "Information",
        &["Late notice", "Lost e-mails", "Two calendars", "No signs", "Wrong address", "Rumours"],
    ),
    (
        "Management",
        &[
            "No clear goal",
            "Few meetings",
            "Late decisions",
            "Changing plans",
            "No feedback",
            "Too many projects",
        ],
    ),
    (
        "Suppliers",
        &[
            "Only one supplier",
            "Long distance",
            "Strike",
            "Bankrupt carrier",
            "Wrong parts sent",
            "Holiday closure",
        ],
    ),
];
