//! Reserved throughput in units, such as PTU and GSU.

use super::limit::whole_need;

/// Throughput of a unit, and the increments in which units are sold.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unit {
    /// Normalized input tokens per minute of one unit.
    pub input_tpm: f64,
    /// Input tokens that one output token counts as.
    pub output_weight: f64,
    /// Weight of cached input.
    pub cached_weight: f64,
    /// Minimum units.
    pub units_min: f64,
    /// Increment beyond the minimum, units.
    pub units_step: f64,
}

/// Tokens per minute before weighting.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Load {
    /// Input tokens per minute, cached ones included.
    pub input_tpm: f64,
    /// Share of the input that is cached.
    pub cached_ratio: f64,
    /// Output tokens per minute.
    pub output_tpm: f64,
}

/// Normalized load in input tokens per minute: output and cached input are weighted.
///
/// # Source
///
/// Microsoft, "Provisioned throughput units: sizing" (21 May 2026).
pub fn normalized_tpm(load: Load, unit: Unit) -> f64 {
    let cached = load.input_tpm * load.cached_ratio;
    (load.input_tpm - cached) + cached * unit.cached_weight + load.output_tpm * unit.output_weight
}

/// Units to buy: rounded up to the increment, at least the minimum; 0 without load.
pub fn units(load: Load, unit: Unit) -> f64 {
    units_for(normalized_tpm(load, unit), unit)
}

/// Units to buy for a load in normalized input tokens per minute.
pub fn units_for(normalized_tpm: f64, unit: Unit) -> f64 {
    let need = normalized_tpm / unit.input_tpm;
    if need <= 0.0 {
        return 0.0;
    }
    let steps = whole_need(need / unit.units_step);
    (steps * unit.units_step).max(unit.units_min)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GPT_5_2: Unit = Unit {
        input_tpm: 3_400.0,
        output_weight: 8.0,
        cached_weight: 0.0,
        units_min: 15.0,
        units_step: 5.0,
    };

    #[track_caller]
    fn assert_close(actual: f64, expected: f64) {
        assert!(
            (actual - expected).abs() < 1e-9,
            "{actual}, expected {expected}"
        );
    }

    #[test]
    fn microsofts_worked_example_comes_out() {
        // 1,000 RPM of 200 in and 20 out: 360,000 ÷ 3,400 = 105.88 → 110 PTU;
        // half cached: 260,000 ÷ 3,400 = 76.47 → 80 PTU.
        let load = Load {
            input_tpm: 200_000.0,
            cached_ratio: 0.0,
            output_tpm: 20_000.0,
        };
        let half = Load {
            cached_ratio: 0.5,
            ..load
        };
        assert_close(normalized_tpm(load, GPT_5_2), 360_000.0);
        assert_close(units(load, GPT_5_2), 110.0);
        assert_close(normalized_tpm(half, GPT_5_2), 260_000.0);
        assert_close(units(half, GPT_5_2), 80.0);
    }

    #[test]
    fn little_load_buys_the_minimum_and_none_buys_nothing() {
        let load = Load {
            input_tpm: 100.0,
            cached_ratio: 0.0,
            output_tpm: 1.0,
        };
        assert_close(units(load, GPT_5_2), 15.0);
        let none = Load {
            input_tpm: 0.0,
            output_tpm: 0.0,
            ..load
        };
        assert_close(units(none, GPT_5_2), 0.0);
        let exact = Load {
            input_tpm: 3_400.0 * 20.0,
            cached_ratio: 0.0,
            output_tpm: 0.0,
        };
        assert_close(units(exact, GPT_5_2), 20.0);
    }
}
