//! Members of classes and fields of entities.

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
