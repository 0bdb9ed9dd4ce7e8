//! One section as the struct of the crate it belongs to, with faults that know their place and their key.
//!
//! The parser could read sections itself, but it neither finds unknown keys in structs that do not deny them nor
//! says what a key may be in words for people. This reader does both.

use std::fmt;

use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, Error as _, MapAccess, SeqAccess,
    VariantAccess, Visitor, value::StrDeserializer,
};

use crate::fault::{Fault, Path, What, in_backticks};
use crate::tree::{Entry, Node, Table, Value};

/// Reads `node`, a section, as `T`.
pub(crate) fn read<T: DeserializeOwned>(node: &Node) -> Result<T, Fault> {
    let reader = Reader { node, path: &Path::Section };
    T::deserialize(reader).map_err(|fault| fault.within(node))
}

/// The keys of a section that is read as `T`, in the order of its fields.
#[must_use]
pub fn keys_of<T: DeserializeOwned>() -> &'static [&'static str] {
    match T::deserialize(KeyProbe) {
        Err(Probed(keys)) => keys,
        Ok(_) => &[],
    }
}

/// Reads one value.
struct Reader<'a> {
    node: &'a Node,
    path: &'a Path<'a>,
}

impl<'a> Reader<'a> {
    fn table(&self) -> Result<&'a Table, Fault> {
        self.node.value.as_table().ok_or_else(|| {
            Fault::new(What::Wrong { found: self.node.value.described(), expected: "a table".to_owned() })
        })
    }

    fn visit_keys<'de, V: Visitor<'de>>(
        self,
        known: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let table = self.table()?;
        let stranger = table.entries.iter().find(|entry| !known.contains(&entry.key.as_str()));
        if let Some(Entry { key, key_span, .. }) = stranger {
            return Err(Fault::unknown_field(key, known).located(self.path, key_span));
        }
        let entries = Entries::of(table, self.path);
        visitor.visit_map(entries).map_err(|fault| fault.located(self.path, &self.node.span))
    }
}

impl<'de> Deserializer<'de> for Reader<'_> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match &self.node.value {
            Value::Text(text) | Value::Time(text) => visitor.visit_str(text),
            Value::Truth(value) => visitor.visit_bool(*value),
            Value::Real(number) => visitor.visit_f64(*number),
            Value::Whole(number) => match (i64::try_from(*number), u64::try_from(*number)) {
                (Ok(number), _) => visitor.visit_i64(number),
                (Err(_), Ok(number)) => visitor.visit_u64(number),
                (Err(_), Err(_)) => visitor.visit_i128(*number),
            },
            Value::List(items) => {
                visitor.visit_seq(Items { items: items.iter().enumerate(), path: self.path })
            }
            Value::Table(table) => visitor.visit_map(Entries::of(table, self.path)),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        known: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.visit_keys(known, visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        choices: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match &self.node.value {
            Value::Text(text) => visitor.visit_enum(StrDeserializer::<Fault>::new(text)),
            Value::Table(Table { entries }) if let [entry] = entries.as_slice() => {
                visitor.visit_enum(Variant { entry, path: self.path })
            }
            other => {
                let expected = format!("one of {}", in_backticks(choices));
                Err(Fault::new(What::Wrong { found: other.described(), expected }))
            }
        }
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map identifier ignored_any
    }
}

/// The entries of a table, in the order of the file.
struct Entries<'a> {
    entries: std::slice::Iter<'a, Entry>,
    current: Option<&'a Entry>,
    path: &'a Path<'a>,
}

impl<'a> Entries<'a> {
    fn of(table: &'a Table, path: &'a Path<'a>) -> Self {
        Entries { entries: table.entries.iter(), current: None, path }
    }
}

impl<'de> MapAccess<'de> for Entries<'_> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Fault> {
        self.current = self.entries.next();
        let Some(Entry { key, key_span, .. }) = self.current else { return Ok(None) };
        let key = seed.deserialize(StrDeserializer::<Fault>::new(key));
        key.map(Some).map_err(|fault| fault.located(self.path, key_span))
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Fault> {
        let Some(Entry { key, node, .. }) = self.current else {
            return Err(Fault::custom("a value was read before its key"));
        };
        let path = Path::Key(self.path, key);
        seed.deserialize(Reader { node, path: &path })
            .map_err(|fault| fault.within(node).located(&path, &node.span))
    }
}

/// The values of an array.
struct Items<'a> {
    items: std::iter::Enumerate<std::slice::Iter<'a, Node>>,
    path: &'a Path<'a>,
}

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = Fault;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Fault> {
        let Some((index, node)) = self.items.next() else { return Ok(None) };
        let path = Path::Index(self.path, index);
        let read = seed.deserialize(Reader { node, path: &path });
        read.map(Some).map_err(|fault| fault.within(node).located(&path, &node.span))
    }
}

/// An enum with a payload, written as a table with one key.
struct Variant<'a> {
    entry: &'a Entry,
    path: &'a Path<'a>,
}

impl<'de, 'a> EnumAccess<'de> for Variant<'a> {
    type Error = Fault;
    type Variant = Reader<'a>;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Reader<'a>), Fault> {
        let choice = seed.deserialize(StrDeserializer::<Fault>::new(&self.entry.key));
        let choice = choice.map_err(|fault| fault.located(self.path, &self.entry.key_span))?;
        Ok((choice, Reader { node: &self.entry.node, path: self.path }))
    }
}

impl<'de> VariantAccess<'de> for Reader<'_> {
    type Error = Fault;

    fn unit_variant(self) -> Result<(), Fault> {
        let found = self.node.value.described();
        Err(Fault::new(What::Wrong { found, expected: "the name alone, in quotes".to_owned() }))
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, Fault> {
        let (path, node) = (self.path, self.node);
        seed.deserialize(self).map_err(|fault| fault.within(node).located(path, &node.span))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _len: usize, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_any(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        known: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.visit_keys(known, visitor)
    }
}

/// Asks a type which keys it has, without any value.
struct KeyProbe;

/// The answer, carried by the only way out.
#[derive(Debug)]
struct Probed(&'static [&'static str]);

impl fmt::Display for Probed {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:?}", self.0)
    }
}

impl std::error::Error for Probed {}

impl serde::de::Error for Probed {
    fn custom<T: fmt::Display>(_text: T) -> Self {
        Probed(&[])
    }
}

impl<'de> Deserializer<'de> for KeyProbe {
    type Error = Probed;

    fn deserialize_any<V: Visitor<'de>>(self, _visitor: V) -> Result<V::Value, Probed> {
        Err(Probed(&[]))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        known: &'static [&'static str],
        _visitor: V,
    ) -> Result<V::Value, Probed> {
        Err(Probed(known))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Probed> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Probed> {
        visitor.visit_some(self)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map enum identifier ignored_any
    }
}
