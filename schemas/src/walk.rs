//! Goes through a record side by side with its columns and shows every leaf to a visitor.
//!
//! Checks and content ids both need each value together with the column it belongs to. A record is already
//! [`Serialize`], so the walk is a serializer: nothing is copied, and a record type that disagrees with its columns is
//! found out.

use std::fmt;

use serde::ser::{self, Impossible, Serialize, Serializer};

use crate::column::{Column, Kind, MEDIA_FIELDS};
use crate::record::RecordError;

/// Sees the values of a record in the order of the columns.
pub(crate) trait Visitor {
    fn null(&mut self, at: &Place<'_>) -> Result<(), RecordError>;
    fn bool(&mut self, at: &Place<'_>, value: bool) -> Result<(), RecordError>;
    fn whole(&mut self, at: &Place<'_>, value: i64) -> Result<(), RecordError>;
    fn real(&mut self, at: &Place<'_>, value: f64) -> Result<(), RecordError>;
    fn text(&mut self, at: &Place<'_>, value: &str) -> Result<(), RecordError>;
    fn bytes(&mut self, at: &Place<'_>, value: &[u8]) -> Result<(), RecordError>;
    /// A list of this many elements begins.
    fn list(&mut self, at: &Place<'_>, length: usize) -> Result<(), RecordError>;
    /// A struct begins.
    fn fields(&mut self, at: &Place<'_>) -> Result<(), RecordError>;
}

/// Where a value stands.
pub(crate) struct Place<'a> {
    /// The innermost named column.
    pub(crate) column: &'static Column,
    path: &'a [Step],
}

#[derive(Clone, Copy)]
enum Step {
    Name(&'static str),
    Index(usize),
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, step) in self.path.iter().enumerate() {
            match step {
                Step::Name(name) if i == 0 => f.write_str(name)?,
                Step::Name(name) => write!(f, ".{name}")?,
                Step::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// Shows every value of the record to the visitor.
///
/// # Errors
/// What the visitor says, or [`RecordError::Shape`] where record and columns disagree.
pub(crate) fn walk<R: Serialize + ?Sized>(
    record: &R,
    columns: &'static [Column],
    visitor: &mut dyn Visitor,
) -> Result<(), RecordError> {
    let mut path = Vec::with_capacity(8);
    let walk = Walk { visitor, path: &mut path, column: &ROW, expect: Expect::Row(columns) };
    record.serialize(walk).map_err(|stop| stop.0)
}

const ROW: Column = Column::new("", Kind::ListOfStructs(&[]), "");

/// What has to come next.
#[derive(Clone, Copy)]
enum Expect {
    /// The record itself: a struct that is not announced to the visitor.
    Row(&'static [Column]),
    /// A value of this kind.
    One(&'static Kind),
    /// A list of values of this kind.
    Many(&'static Kind),
    /// A struct of these fields.
    Fields(&'static [Column]),
}

struct Walk<'a> {
    visitor: &'a mut dyn Visitor,
    path: &'a mut Vec<Step>,
    column: &'static Column,
    expect: Expect,
}

/// Ends a walk; the bridge between our error and the trait that serde asks for.
#[derive(Debug)]
struct Stop(RecordError);

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Stop {}

impl ser::Error for Stop {
    fn custom<T: fmt::Display>(message: T) -> Stop {
        Stop(RecordError::Shape {
            field: String::new(),
            found: message.to_string(),
            expected: "a value that can be written".to_owned(),
        })
    }
}

impl<'a> Walk<'a> {
    fn see(
        self,
        show: impl FnOnce(&mut dyn Visitor, &Place<'_>) -> Result<(), RecordError>,
    ) -> Result<(), Stop> {
        show(self.visitor, &Place { column: self.column, path: self.path }).map_err(Stop)
    }

    fn scalar(
        self,
        found: &str,
        fits: impl FnOnce(&Kind) -> bool,
        show: impl FnOnce(&mut dyn Visitor, &Place<'_>) -> Result<(), RecordError>,
    ) -> Result<(), Stop> {
        match self.expect {
            Expect::One(kind) if fits(kind) => self.see(show),
            _ => Err(self.wrong(found)),
        }
    }

    /// A number may be narrower than its column, never wider.
    fn whole(self, found: &str, value: i64) -> Result<(), Stop> {
        let narrow = !matches!(found, "i64" | "u32");
        let fits = |kind: &Kind| matches!(kind, Kind::Int64) || (narrow && matches!(kind, Kind::Int32));
        self.scalar(found, fits, |v, at| v.whole(at, value))
    }

    fn wrong(&self, found: &str) -> Stop {
        let expected = match self.expect {
            Expect::Row(_) | Expect::Fields(_) => "a struct".to_owned(),
            Expect::One(kind) => format!("{kind:?}"),
            Expect::Many(kind) => format!("a list of {kind:?}"),
        };
        let field = Place { column: self.column, path: self.path }.to_string();
        Stop(RecordError::Shape { field, found: found.to_owned(), expected })
    }

    fn open_list(self, length: Option<usize>) -> Result<Elements<'a>, Stop> {
        let element = match self.expect {
            Expect::Many(kind) => Expect::One(kind),
            Expect::One(Kind::List(kind)) => Expect::One(kind),
            Expect::One(Kind::ListOfStructs(fields)) => Expect::Fields(fields),
            _ => return Err(self.wrong("a list")),
        };
        let Some(length) = length else { return Err(self.wrong("a list without a length")) };
        let Walk { visitor, path, column, .. } = self;
        visitor.list(&Place { column, path }, length).map_err(Stop)?;
        Ok(Elements { visitor, path, column, element, next: 0 })
    }

    fn open_struct(self) -> Result<Members<'a>, Stop> {
        let (fields, lists) = match self.expect {
            Expect::Row(fields) | Expect::Fields(fields) => (fields, false),
            Expect::One(Kind::StructOfLists(fields)) => (*fields, true),
            Expect::One(Kind::Image | Kind::Audio { .. }) => (MEDIA_FIELDS, false),
            _ => return Err(self.wrong("a struct")),
        };
        let is_row = matches!(self.expect, Expect::Row(_));
        let Walk { visitor, path, column, .. } = self;
        if !is_row {
            visitor.fields(&Place { column, path }).map_err(Stop)?;
        }
        Ok(Members { visitor, path, column, fields, lists, next: 0 })
    }
}

impl<'a> Serializer for Walk<'a> {
    type Ok = ();
    type Error = Stop;
    type SerializeSeq = Elements<'a>;
    type SerializeTuple = Elements<'a>;
    type SerializeStruct = Members<'a>;
    type SerializeTupleStruct = Impossible<(), Stop>;
    type SerializeTupleVariant = Impossible<(), Stop>;
    type SerializeMap = Impossible<(), Stop>;
    type SerializeStructVariant = Impossible<(), Stop>;

    fn serialize_i8(self, value: i8) -> Result<(), Stop> {
        self.whole("i8", i64::from(value))
    }

    fn serialize_i16(self, value: i16) -> Result<(), Stop> {
        self.whole("i16", i64::from(value))
    }

    fn serialize_i32(self, value: i32) -> Result<(), Stop> {
        self.whole("i32", i64::from(value))
    }

    fn serialize_i64(self, value: i64) -> Result<(), Stop> {
        self.whole("i64", value)
    }

    fn serialize_u8(self, value: u8) -> Result<(), Stop> {
        self.whole("u8", i64::from(value))
    }

    fn serialize_u16(self, value: u16) -> Result<(), Stop> {
        self.whole("u16", i64::from(value))
    }

    fn serialize_u32(self, value: u32) -> Result<(), Stop> {
        self.whole("u32", i64::from(value))
    }

    fn serialize_bool(self, value: bool) -> Result<(), Stop> {
        self.scalar("bool", |kind| matches!(kind, Kind::Bool), |v, at| v.bool(at, value))
    }

    fn serialize_u64(self, _value: u64) -> Result<(), Stop> {
        Err(self.wrong("u64"))
    }

    fn serialize_f32(self, value: f32) -> Result<(), Stop> {
        self.scalar("f32", |kind| matches!(kind, Kind::Float32), |v, at| v.real(at, f64::from(value)))
    }

    fn serialize_f64(self, value: f64) -> Result<(), Stop> {
        self.scalar("f64", |kind| matches!(kind, Kind::Float64), |v, at| v.real(at, value))
    }

    fn serialize_char(self, value: char) -> Result<(), Stop> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<(), Stop> {
        self.scalar("text", |kind| matches!(kind, Kind::String), |v, at| v.text(at, value))
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<(), Stop> {
        self.scalar("bytes", |kind| matches!(kind, Kind::Binary), |v, at| v.bytes(at, value))
    }

    fn serialize_none(self) -> Result<(), Stop> {
        self.see(|v, at| v.null(at))
    }

    fn serialize_some<T: ?Sized + Serialize>(self, value: &T) -> Result<(), Stop> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Stop> {
        Err(self.wrong("nothing"))
    }

    fn serialize_unit_struct(self, name: &'static str) -> Result<(), Stop> {
        Err(self.wrong(name))
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Stop> {
        Err(self.wrong(variant))
    }

    fn serialize_newtype_struct<T: ?Sized + Serialize>(self, _: &'static str, value: &T) -> Result<(), Stop> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: &T,
    ) -> Result<(), Stop> {
        Err(self.wrong(variant))
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<Elements<'a>, Stop> {
        self.open_list(length)
    }

    fn serialize_tuple(self, length: usize) -> Result<Elements<'a>, Stop> {
        self.open_list(Some(length))
    }

    fn serialize_tuple_struct(
        self,
        name: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct, Stop> {
        Err(self.wrong(name))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Stop> {
        Err(self.wrong(variant))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap, Stop> {
        Err(self.wrong("a map"))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Members<'a>, Stop> {
        self.open_struct()
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Stop> {
        Err(self.wrong(variant))
    }
}

/// The elements of a list, one after the other.
struct Elements<'a> {
    visitor: &'a mut dyn Visitor,
    path: &'a mut Vec<Step>,
    column: &'static Column,
    element: Expect,
    next: usize,
}

impl Elements<'_> {
    fn element<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), Stop> {
        self.path.push(Step::Index(self.next));
        self.next += 1;
        let Elements { visitor, path, column, element, .. } = self;
        value.serialize(Walk { visitor: *visitor, path, column, expect: *element })?;
        self.path.pop();
        Ok(())
    }
}

impl ser::SerializeSeq for Elements<'_> {
    type Ok = ();
    type Error = Stop;

    fn serialize_element<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), Stop> {
        self.element(value)
    }

    fn end(self) -> Result<(), Stop> {
        Ok(())
    }
}

impl ser::SerializeTuple for Elements<'_> {
    type Ok = ();
    type Error = Stop;

    fn serialize_element<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), Stop> {
        self.element(value)
    }

    fn end(self) -> Result<(), Stop> {
        Ok(())
    }
}

/// The members of a struct, which must come under the names and in the order of its columns.
struct Members<'a> {
    visitor: &'a mut dyn Visitor,
    path: &'a mut Vec<Step>,
    column: &'static Column,
    fields: &'static [Column],
    lists: bool,
    next: usize,
}

impl Members<'_> {
    fn disagree(&self, found: &str) -> Stop {
        Stop(RecordError::Shape {
            field: Place { column: self.column, path: self.path }.to_string(),
            found: found.to_owned(),
            expected: match self.fields.get(self.next) {
                Some(column) => format!("the field `{}`", column.name),
                None => "no further field".to_owned(),
            },
        })
    }
}

impl ser::SerializeStruct for Members<'_> {
    type Ok = ();
    type Error = Stop;

    fn serialize_field<T: ?Sized + Serialize>(&mut self, name: &'static str, value: &T) -> Result<(), Stop> {
        let fields = self.fields;
        let column = match fields.get(self.next) {
            Some(column) if column.name == name => column,
            _ => return Err(self.disagree(&format!("the field `{name}`"))),
        };
        self.next += 1;
        self.path.push(Step::Name(name));
        let expect = if self.lists { Expect::Many(&column.kind) } else { Expect::One(&column.kind) };
        value.serialize(Walk { visitor: self.visitor, path: self.path, column, expect })?;
        self.path.pop();
        Ok(())
    }

    fn end(self) -> Result<(), Stop> {
        if self.next < self.fields.len() {
            return Err(self.disagree("the end of the struct"));
        }
        Ok(())
    }
}
