//! Drawing of futures, in steps.

use super::course::{Course, Drawn};
use super::input::{self, Input};
use super::sample::{OverLimit, Sample, sample};
use super::way::WayFirst;
use crate::catalog::date::Date;
use crate::model::fleet::whole;
use crate::model::hypercube;
use crate::model::normal;
use crate::plan::{
    Chapters, ControlPlanePlan, Figure, FigureId, GatewayPlan, Outline, VerdictState, chapters,
    names,
};
use crate::scenario::Scenario;

/// Draws of a complete result.
pub const DRAWS: u32 = 10_000;
/// Draws of a first result: each batch covers every input evenly.
pub const BATCH: u32 = 1_000;

/// Futures being drawn.
pub struct Draws {
    /// The scenario as it would be deployed.
    pub(super) base: Scenario,
    pub(super) today: Date,
    pub(super) inputs: Vec<Input>,
    pub(super) pairs: Vec<(usize, usize, f64)>,
    /// The future with all inputs at their points.
    pub(super) point: Sample,
    /// Values of each input in the current batch.
    pub(super) batch: Vec<Vec<f64>>,
    /// Draws whose values are worked out.
    prepared: u32,
    /// A scenario to write draws into.
    pub(super) scratch: Scenario,
    /// Values of each input so far.
    pub(super) values: Vec<Vec<f64>>,
    /// Values of each figure so far.
    pub(super) figures: Vec<Vec<f64>>,
    pub(super) samples: Counted,
    /// Lines of each future so far, and the drawn ones.
    pub(super) courses: Vec<Course>,
    pub(super) drawn: Drawn,
    pub(super) taken: u32,
}

/// Statistics over the futures.
#[derive(Default)]
pub(super) struct Counted {
    pub(super) fits: u32,
    pub(super) unknown: u32,
    pub(super) queue_over: u32,
    /// Days until the load no longer fits; infinite without an end.
    pub(super) days: Vec<f64>,
    /// `days` less the lead time of an order.
    pub(super) spare_days: Vec<f64>,
    /// Multiples of the load at which the first limit is full, infinite where nothing gives way.
    pub(super) room: Vec<f64>,
    /// 99th percentile of waits, seconds, if the formula has an answer.
    pub(super) wait_s: Vec<f64>,
    pub(super) late_ratio: Vec<f64>,
    /// Limits exceeded in a future, with the number of such futures.
    pub(super) over: Vec<(OverLimit, u32)>,
    pub(super) first: Vec<WayFirst>,
}

/// The scenario as its plan would deploy it: open values are filled in.
fn deployed(scenario: &Scenario) -> Scenario {
    let mut deployed = names::named(scenario).into_owned();
    let Chapters {
        gateway,
        control_plane,
        database,
        ..
    } = chapters::chapters::<Outline>(scenario);
    let GatewayPlan {
        instances_min,
        instances_max,
        vcpu_per_instance,
        memory_mb_per_instance,
        ..
    } = gateway;
    let ControlPlanePlan {
        size,
        api_size,
        api_replicas,
        ..
    } = control_plane;
    let hpa = &mut deployed.gateway.hpa;
    hpa.replicas_min.get_or_insert(instances_min);
    hpa.replicas_max.get_or_insert(instances_max);
    let pod = &mut deployed.gateway;
    pod.vcpu.get_or_insert(vcpu_per_instance);
    pod.memory_mb.get_or_insert(memory_mb_per_instance);
    let held = &mut deployed.control_plane;
    held.api_size = Some(api_size);
    held.size.get_or_insert_with(|| size.to_owned());
    held.api_replicas.get_or_insert(api_replicas);
    let configured = database.connections_configured;
    deployed.database.max_connections.get_or_insert(configured);
    deployed
}

impl Draws {
    /// Futures of a scenario on a day; `None` if no number is a range.
    pub fn begin(scenario: &Scenario, today: Date) -> Option<Self> {
        if !scenario.has_ranges() {
            return None;
        }
        let base = deployed(scenario);
        let inputs = input::inputs(&base);
        if inputs.is_empty() {
            return None;
        }
        let point = sample(&base, today);
        let is_gateways = |figure: &&Figure| figure.id == FigureId::Gateways;
        let gateways = point.figures.iter().find(is_gateways);
        let gateways = gateways.map_or(0, |figure| whole(figure.result));
        Some(Self {
            pairs: input::pairs(&base, &inputs),
            values: vec![Vec::new(); inputs.len()],
            figures: vec![Vec::new(); point.figures.len()],
            samples: Counted::default(),
            scratch: base.clone(),
            batch: Vec::new(),
            prepared: 0,
            courses: Vec::new(),
            drawn: Drawn::of(&base, gateways),
            taken: 0,
            base,
            today,
            inputs,
            point,
        })
    }

    /// Draws so far.
    pub fn taken(&self) -> u32 {
        self.taken
    }

    /// Works out the values of the next batch, if all of the last one are drawn; whether it did.
    pub fn prepare(&mut self) -> bool {
        if self.taken < self.prepared {
            return false;
        }
        self.batch = self.next_batch();
        self.prepared += BATCH;
        true
    }

    /// Makes so many more.
    pub fn step(&mut self, draws: u32) {
        for _ in 0..draws {
            self.prepare();
            let row = (self.taken % BATCH) as usize;
            for (index, input) in self.inputs.iter().enumerate() {
                let value = self.batch[index][row];
                input.write(&mut self.scratch, value);
                self.values[index].push(value);
            }
            let sample = sample(&self.scratch, self.today);
            self.count(sample);
            self.taken += 1;
        }
    }

    /// Values of each input for the next batch.
    fn next_batch(&self) -> Vec<Vec<f64>> {
        let (seed, number) = (u64::from(self.base.draw_seed), self.taken / BATCH);
        let streams = self.inputs.iter().map(Input::stream);
        let shares =
            streams.map(|name| hypercube::batch(BATCH, hypercube::stream(seed, &name, number)));
        let mut shares: Vec<Vec<f64>> = shares.collect();
        for (one, other, correlation) in &self.pairs {
            let rest = libm::sqrt((1.0 - correlation * correlation).max(0.0));
            let first = shares[*one].clone();
            for (first, second) in first.into_iter().zip(&mut shares[*other]) {
                let together = correlation * normal::point(first) + rest * normal::point(*second);
                *second = normal::share_below(together);
            }
        }
        let rows = self.inputs.iter().zip(shares);
        rows.map(|(input, shares)| shares.iter().map(|share| input.value(*share)).collect())
            .collect()
    }

    fn count(&mut self, sample: Sample) {
        let counted = &mut self.samples;
        counted.fits += u32::from(is_fit(sample.state));
        counted.unknown += u32::from(sample.state == VerdictState::Unknown);
        counted.queue_over += u32::from(sample.is_queue_over);
        let days = sample.days.unwrap_or(f64::INFINITY);
        let lead_days = f64::from(self.scratch.traffic.lead_days);
        counted.days.push(days);
        counted.spare_days.push(days - lead_days);
        counted.wait_s.extend(sample.wait_s);
        counted.late_ratio.push(sample.late_ratio);
        counted.room.extend(sample.room_or_endless());
        for over in &sample.over {
            match counted.over.iter_mut().find(|(known, _)| known == over) {
                Some((_, futures)) => *futures += 1,
                None => counted.over.push((*over, 1)),
            }
        }
        for (index, column) in self.figures.iter_mut().enumerate() {
            let id = &self.point.figures[index].id;
            let is_it = |figure: &&Figure| figure.id == *id;
            // Figures are usually at the same index.
            let at_place = sample.figures.get(index).filter(is_it);
            let found = at_place.or_else(|| sample.figures.iter().find(is_it));
            column.extend(found.map(|figure| figure.result));
        }
        if let Some(first) = sample.first {
            WayFirst::count(&mut counted.first, first.kind);
        }
        self.courses.push(sample.course);
    }

    /// Values of an input so far.
    pub fn values(&self, input: usize) -> &[f64] {
        self.values.get(input).map_or(&[], Vec::as_slice)
    }

    /// Values of a figure so far, in the order of the draws.
    pub fn column(&self, id: &FigureId) -> Option<&[f64]> {
        let mut figures = self.point.figures.iter();
        let place = figures.position(|figure| figure.id == *id)?;
        self.figures.get(place).map(Vec::as_slice)
    }

    /// A hash over all bits of all futures, equal natively and in a browser.
    pub fn fingerprint(&self) -> u64 {
        let values = self.values.iter().chain(&self.figures).flatten();
        values.fold(0xcbf2_9ce4_8422_2325, |hash, value| {
            (hash ^ value.to_bits()).wrapping_mul(0x0000_0100_0000_01b3)
        })
    }

    /// The future with some inputs replaced and the others at their points.
    pub(super) fn at(&self, values: &[(usize, f64)]) -> Sample {
        let mut scenario = self.base.clone();
        for (index, value) in values {
            self.inputs[*index].write(&mut scenario, *value);
        }
        sample(&scenario, self.today)
    }
}

/// Whether today's peak fits.
fn is_fit(state: VerdictState) -> bool {
    matches!(
        state,
        VerdictState::Fits | VerdictState::FitsWithRisk | VerdictState::Empty
    )
}
