//! Size of an event in PostgreSQL: row, TOAST, indexes and write-ahead log.
//!
//! The table is that of `tests/vectors/pg-measured.json`: a uuid key, a time, a tenant, names,
//! token counts and a jsonb payload, with an index on the key and one on tenant and time. Sizes are
//! means; a payload is judged by its mean.

/// Bytes of a page, and of its header.
const PAGE: f64 = 8_192.0;
const PAGE_HEADER: f64 = 24.0;
/// Bytes of the columns besides the payload, tuple header included, as measured.
const ROW: f64 = 161.0;
/// Bytes of a line pointer.
const POINTER: f64 = 4.0;
/// Size above which a tuple is compressed, then moved out of line, bytes.
const TOAST_ABOVE: f64 = 2_032.0;
/// Payload bytes per out-of-line chunk; four chunks fill a page.
const CHUNK: f64 = 1_996.0;
/// Bytes per chunk in the index of its TOAST table.
const CHUNK_INDEX: f64 = 22.0;
/// Bytes left in the row by a payload that moved out of line.
const TOAST_POINTER: f64 = 18.0;
/// Bytes of jsonb per byte of JSON, as measured.
const JSONB: f64 = 974.5 / 896.6;
/// Bytes stored per byte of JSON text that pglz compresses, as measured.
const COMPRESSED: f64 = 3_605.8 / 6_901.8;
/// Bytes of an index entry, and fill factor of its leaves, for the key and for tenant and time:
/// random keys about 65 %, keys that grow with time 74 %, as measured.
const INDEX_ENTRIES: [(f64, f64); 2] = [(28.0, 0.65), (36.0, 0.74)];
/// Bytes of WAL besides the data, per row, per index entry, and per chunk with its index.
const WAL_ROW: f64 = 30.0;
const WAL_ENTRY: f64 = 50.0;
const WAL_CHUNK: f64 = 136.0;

/// JSON bytes of an event's attributes.
pub const ATTRIBUTES_BYTES: f64 = 897.0;
/// JSON bytes of text per token, including its part of quotes and keys.
pub const TEXT_BYTES_PER_TOKEN: f64 = 4.4;

/// Mean size of an event, bytes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EventRow {
    /// In the table, including page overhead.
    pub heap_bytes: f64,
    /// Out of line.
    pub toast_bytes: f64,
    /// In both indexes.
    pub index_bytes: f64,
    /// Written to the WAL when a hundred rows are committed together, without full-page images
    /// after a checkpoint.
    pub wal_bytes: f64,
}

impl EventRow {
    /// Total bytes on disk.
    pub fn total_bytes(&self) -> f64 {
        self.heap_bytes + self.toast_bytes + self.index_bytes
    }

    /// Mean over rows, weighted by their numbers of events; `None` without events.
    pub fn mean(rows: &[(f64, Self)]) -> Option<Self> {
        let events: f64 = rows.iter().map(|(count, _)| count).sum();
        let mean = |part: fn(&Self) -> f64| -> f64 {
            let parts = rows.iter().map(|(count, row)| count / events * part(row));
            parts.sum()
        };
        (0.0 < events).then(|| Self {
            heap_bytes: mean(|row| row.heap_bytes),
            toast_bytes: mean(|row| row.toast_bytes),
            index_bytes: mean(|row| row.index_bytes),
            wal_bytes: mean(|row| row.wal_bytes),
        })
    }
}

/// The row of an event whose payload has this many bytes of JSON, 0 for none.
///
/// # Source
///
/// PostgreSQL documentation, "Database Page Layout" and "TOAST"; fill and compression
/// from `pg-measured.json` (PostgreSQL 15.20).
///
/// # Example
///
/// ```
/// use kt_capacity::model::event_row::event_row;
///
/// // Metadata alone takes about 263 bytes, a tenth of the guide's 2 KB.
/// let total = event_row(0.0).total_bytes();
/// assert!((250.0..280.0).contains(&total));
/// ```
pub fn event_row(payload_json_bytes: f64) -> EventRow {
    let plain = payload_json_bytes * JSONB;
    let compressed = payload_json_bytes * COMPRESSED;
    let (in_row, out_of_line) = if ROW + plain <= TOAST_ABOVE {
        (plain, 0.0)
    } else if ROW + compressed <= TOAST_ABOVE {
        (compressed, 0.0)
    } else {
        (TOAST_POINTER, compressed)
    };
    let tuple = ROW + in_row;
    let chunks = out_of_line / CHUNK;
    let entries = INDEX_ENTRIES.map(|(entry, _)| entry + WAL_ENTRY);
    EventRow {
        heap_bytes: on_pages(tuple),
        toast_bytes: chunks * (PAGE / 4.0 + CHUNK_INDEX),
        index_bytes: INDEX_ENTRIES.map(|(entry, full)| entry / full).iter().sum(),
        wal_bytes: tuple + out_of_line + WAL_ROW + entries.iter().sum::<f64>() + chunks * WAL_CHUNK,
    }
}

/// Bytes of page space per tuple.
fn on_pages(tuple: f64) -> f64 {
    let aligned = libm::ceil(tuple / 8.0) * 8.0 + POINTER;
    let on_a_page = libm::floor((PAGE - PAGE_HEADER) / aligned).max(1.0);
    PAGE / on_a_page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn payloads_move_out_of_line_when_a_tuple_passes_two_kilobytes() {
        // (JSON bytes, whether something lies out of line): 1,871 bytes of jsonb beside
        // the row are compressed first, and moved from 3,580 bytes of JSON on.
        for (payload, moved) in [
            (0.0, false),
            (1_700.0, false),
            (3_500.0, false),
            (3_650.0, true),
        ] {
            let row = event_row(payload);
            assert_eq!(0.0 < row.toast_bytes, moved, "{payload}");
        }
    }

    #[test]
    fn a_mean_row_weighs_each_by_its_events() {
        let rows = [(3.0, event_row(0.0)), (1.0, event_row(897.0))];
        let mean = EventRow::mean(&rows).expect("some events");
        let expected = (3.0 * rows[0].1.total_bytes() + rows[1].1.total_bytes()) / 4.0;
        assert!((mean.total_bytes() - expected).abs() < 1e-9);
        assert_eq!(EventRow::mean(&[(0.0, event_row(0.0))]), None);
    }

    #[test]
    fn a_row_never_leaves_its_page_and_indexes_do_not_depend_on_the_payload() {
        let (small, large) = (event_row(0.0), event_row(1e6));
        assert!((small.index_bytes - large.index_bytes).abs() < 1e-9);
        assert!(large.heap_bytes < 300.0, "{large:?}");
        // Four chunks of 1,996 bytes fill a page of 8,192.
        let stored = 1e6 * 3_605.8 / 6_901.8;
        let pages = stored / 1_996.0 / 4.0 * 8_192.0;
        assert!((large.toast_bytes / pages - 1.0).abs() < 0.02);
    }
}
