//! The column types, the roles, and one typed value.

/// The type of a column: what its valid cells are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Type {
    /// `true` and `false` (also `yes` and `no`).
    Boolean,
    /// A 64-bit signed integer.
    Integer,
    /// An integer that needs up to 128 bits; on the wire it is `integer` too.
    WideInteger,
    /// A decimal of this many digits behind the point, held as a 128-bit integer.
    Decimal(u8),
    /// A 64-bit float.
    Float,
    /// Text.
    Text,
    /// A day, as days since 1970-01-01.
    Date,
    /// A moment, counted from 1970-01-01T00:00:00 (UTC where `zoned`, else local).
    Timestamp {
        /// The unit of the count.
        unit: TimeUnit,
        /// Whether the values carry a zone, so that they are moments in UTC.
        zoned: bool,
    },
    /// A time of day, in microseconds since midnight.
    Time,
    /// A length of time, in microseconds.
    Duration,
    /// A list, as its JSON text.
    List,
    /// An object or any other nested value, as its JSON text.
    Json,
    /// Bytes, shown in hexadecimal.
    Binary,
}

/// The unit of a timestamp's count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TimeUnit {
    /// Microseconds.
    Micro,
    /// Nanoseconds.
    Nano,
}

impl TimeUnit {
    /// How many of the unit make a second.
    pub fn per_second(self) -> i64 {
        match self {
            TimeUnit::Micro => 1_000_000,
            TimeUnit::Nano => 1_000_000_000,
        }
    }
}

impl Type {
    /// The word of the wire format.
    pub fn id(self) -> &'static str {
        match self {
            Type::Boolean => "boolean",
            Type::Integer | Type::WideInteger => "integer",
            Type::Decimal(_) => "decimal",
            Type::Float => "float",
            Type::Text => "text",
            Type::Date => "date",
            Type::Timestamp { .. } => "timestamp",
            Type::Time => "time",
            Type::Duration => "duration",
            Type::List => "list",
            Type::Json => "json",
            Type::Binary => "binary",
        }
    }

    /// Integers, decimals and floats: what has a mean.
    pub fn is_numeric(self) -> bool {
        matches!(self, Type::Integer | Type::WideInteger | Type::Decimal(_) | Type::Float)
    }

    /// Dates, timestamps, times and durations.
    pub fn is_temporal(self) -> bool {
        matches!(self, Type::Date | Type::Timestamp { .. } | Type::Time | Type::Duration)
    }

    /// What is held as bytes rather than as an ordered key.
    pub fn is_bytes(self) -> bool {
        matches!(self, Type::Text | Type::List | Type::Json | Type::Binary)
    }
}

/// What a column is for; guessed, and separate from its type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Names its row.
    Id,
    /// One of few values.
    Category,
    /// A quantity.
    Measure,
    /// When it happened.
    Timestamp,
    /// Words.
    FreeText,
    /// The same value everywhere.
    Constant,
    /// No value at all.
    Empty,
}

impl Role {
    /// The word of the wire format.
    pub fn id(self) -> &'static str {
        match self {
            Role::Id => "id",
            Role::Category => "category",
            Role::Measure => "measure",
            Role::Timestamp => "timestamp",
            Role::FreeText => "free_text",
            Role::Constant => "constant",
            Role::Empty => "empty",
        }
    }
}

/// One valid value, as a contract's probe sees it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value<'a> {
    /// A boolean.
    Boolean(bool),
    /// An integer of up to 128 bits.
    Integer(i128),
    /// A decimal: the unscaled integer and the digits behind the point.
    Decimal(i128, u8),
    /// A float, never NaN.
    Float(f64),
    /// Text; ill-formed UTF-8 has been replaced by U+FFFD.
    Text(&'a str),
    /// Days since 1970-01-01.
    Date(i64),
    /// Nanoseconds since 1970-01-01T00:00:00.
    Timestamp(i128),
    /// Microseconds since midnight.
    Time(i64),
    /// Microseconds.
    Duration(i64),
}
