//! Inputs and figures of each answer.

use super::super::view::Answer;
use crate::plan::FigureId;
use crate::scenario::property::{self, Number};
use crate::scenario::{Scenario, Workload};

/// Inputs and results of an answer, without its picture.
#[derive(Clone, Copy)]
pub(super) struct Parts {
    /// Numbers of every workload.
    pub(super) workload: &'static [&'static Number<Workload>],
    /// Numbers of the scenario.
    pub(super) settings: &'static [&'static Number<Scenario>],
    /// Ids of the figures, main result first.
    pub(super) figures: &'static [FigureId],
}

static TOKENS: Parts = Parts {
    workload: &[
        &property::REQUESTS,
        &property::INPUT_TOKENS,
        &property::OUTPUT_TOKENS,
    ],
    settings: &[&property::PEAK_MULTIPLIER],
    figures: &[
        FigureId::PeakTokens,
        FigureId::TokensPerDay,
        FigureId::PeakRequests,
        FigureId::TightestLimit,
    ],
};

static FLEET: Parts = Parts {
    workload: TOKENS.workload,
    settings: &[
        &property::PEAK_MULTIPLIER,
        &property::HEADROOM,
        &property::CONCURRENCY,
    ],
    figures: &[
        FigureId::Gateways,
        FigureId::PeakRequests,
        FigureId::InFlight,
        FigureId::SlotsInUse,
    ],
};

static STORAGE: Parts = Parts {
    workload: &[&property::REQUESTS],
    settings: &[
        &property::EVENT_BYTES,
        &property::RETENTION,
        &property::GROWTH,
    ],
    figures: &[FigureId::StoredEvents, FigureId::StoredPerDay],
};

static COST: Parts = Parts {
    workload: &[
        &property::REQUESTS,
        &property::INPUT_TOKENS,
        &property::OUTPUT_TOKENS,
        &property::CACHED,
    ],
    settings: &[],
    figures: &[
        FigureId::Cost,
        FigureId::CostPerThousand,
        FigureId::TokensPerDay,
    ],
};

static DAY: Parts = Parts {
    workload: &[&property::REQUESTS],
    settings: &[
        &property::PEAK_MULTIPLIER,
        &property::HPA_MIN,
        &property::HPA_QUEUE,
    ],
    figures: &[FigureId::Gateways, FigureId::InFlight],
};

impl Parts {
    /// Parts of an answer.
    pub(super) fn of(answer: Answer) -> Self {
        match answer {
            Answer::Tokens => TOKENS,
            Answer::Fleet => FLEET,
            Answer::Storage => STORAGE,
            Answer::Cost => COST,
            Answer::Day => DAY,
        }
    }

    /// Keys of its fields.
    pub(super) fn keys(self) -> Vec<&'static str> {
        let workload = self.workload.iter().map(|number| number.key);
        let settings = self.settings.iter().map(|number| number.key);
        workload.chain(settings).collect()
    }
}
