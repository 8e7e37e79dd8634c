//! Waits of started requests, and the quadrature over their distribution.

use super::Wait;

/// Nodes and weights of Gauss-Legendre quadrature on 0..1.
pub(super) const NODES: [(f64, f64); 8] = [
    (0.019_855_071_751_231_856, 0.050_614_268_145_188_13),
    (0.101_666_761_293_186_64, 0.111_190_517_226_687_24),
    (0.237_233_795_041_835_5, 0.156_853_322_938_943_64),
    (0.408_282_678_752_175_1, 0.181_341_891_689_181),
    (0.591_717_321_247_825, 0.181_341_891_689_181),
    (0.762_766_204_958_164_5, 0.156_853_322_938_943_64),
    (0.898_333_238_706_813_4, 0.111_190_517_226_687_24),
    (0.980_144_928_248_768_1, 0.050_614_268_145_188_13),
];
/// Waits of started requests.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StartedWaits {
    /// Probability that a started request has waited.
    pub p_wait: f64,
    /// Mean wait, seconds; requests without a wait count as 0.
    pub mean_wait_s: f64,
    /// 95th percentile of waits, seconds.
    pub wait_p95_s: f64,
    /// 99th percentile of waits, seconds.
    pub wait_p99_s: f64,
}

impl From<Wait> for StartedWaits {
    fn from(wait: Wait) -> Self {
        Self {
            p_wait: wait.p_wait,
            mean_wait_s: wait.mean_wait_s,
            wait_p95_s: wait.wait_p95_s,
            wait_p99_s: wait.wait_p99_s,
        }
    }
}
