//! Members of classes, fields of entities, devices and places of networks.

/// Fields and methods that almost any class may have: member, type, kind.
pub(in crate::diagram_content) const MEMBERS: &[(&str, &str, &str)] = &[
    ("id", "integer", "attribute"),
    ("created", "date", "attribute"),
    ("note", "text", "attribute"),
    ("active", "boolean", "attribute"),
    ("tags", "list", "attribute"),
    ("version", "integer", "attribute"),
    ("save()", "boolean", "method"),
    ("toText()", "text", "method"),
    ("copy()", "object", "method"),
    ("isValid()", "boolean", "method"),
    ("count()", "integer", "method"),
];

/// Fields that almost any entity may have: name and type.
pub(in crate::diagram_content) const FIELDS: &[(&str, &str)] = &[
    ("created_at", "date"),
    ("updated_at", "date"),
    ("note", "text"),
    ("active", "bool"),
    ("status", "text"),
    ("version", "int"),
    ("archived", "bool"),
    ("changed_by", "text"),
];

/// Devices that hang on a network: name, kind.
pub(in crate::diagram_content) const DEVICES: &[(&str, &str)] = &[
    ("Printer", "client"),
    ("Laptop", "client"),
    ("Camera", "client"),
    ("Till", "client"),
    ("Scanner", "client"),
    ("Phone", "client"),
    ("Display", "client"),
    ("Mail server", "server"),
    ("File server", "server"),
    ("Web server", "server"),
    ("Backup", "database"),
    ("Database", "database"),
    ("Print server", "server"),
    ("Time clock", "client"),
    ("Sensor hub", "client"),
    ("Door control", "client"),
];

/// Places that networks join.
pub(in crate::diagram_content) const PLACES: &[&str] = &[
    "Ground floor",
    "First floor",
    "Second floor",
    "Cellar",
    "Workshop",
    "Office",
    "Store",
    "Hall A",
    "Hall B",
    "Annex",
    "Gatehouse",
    "Library",
    "Canteen",
    "Laboratory",
    "Reception",
    "Garage",
];
