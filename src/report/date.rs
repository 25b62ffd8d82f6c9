//! Dates: seconds since 1970 in words and for machines, always in UTC.

/// "2026-11-23 20:55 UTC".
pub fn utc(seconds: u64) -> String {
    let (hour, minute, _) = clock(seconds);
    format!("{} {hour:02}:{minute:02} UTC", day(seconds))
}

/// "2026-11-23".
pub fn day(seconds: u64) -> String {
    let (year, month, day) = date(seconds / 86_400);
    format!("{year:04}-{month:02}-{day:02}")
}

/// "2026-11-23T20:55:00Z", as RFC 3339 writes it.
pub fn rfc3339(seconds: u64) -> String {
    let (hour, minute, second) = clock(seconds);
    format!("{}T{hour:02}:{minute:02}:{second:02}Z", day(seconds))
}

fn clock(seconds: u64) -> (u64, u64, u64) {
    let rest = seconds % 86_400;
    (rest / 3600, rest % 3600 / 60, rest % 60)
}

/// Year, month and day of a number of days since 1970-01-01 in the Gregorian calendar, by years and months that are
/// counted off.
fn date(days: u64) -> (u64, u64, u64) {
    let leap = |year: u64| year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
    // 400 years have 146 097 days: what is counted off is short, whatever the number.
    let (mut year, mut left) = (1970 + 400 * (days / 146_097), days % 146_097);
    while left >= 365 + u64::from(leap(year)) {
        left -= 365 + u64::from(leap(year));
        year += 1;
    }
    let february = 28 + u64::from(leap(year));
    let mut month = 1;
    for length in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
        if left < length {
            break;
        }
        left -= length;
        month += 1;
    }
    (year, month, left + 1)
}
