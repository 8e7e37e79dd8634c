//! Program for the simulated day: takes a question as bytes, runs the day in steps, and returns
//! results as bytes.
//!
//! A worker runs it (`driver.js`), so that the page stays responsive. It has numbers but no texts,
//! and no clock: the caller decides the length of a step.

#[cfg(target_family = "wasm")]
mod program {
    use kt_capacity::say::model::message;
    use kt_capacity::simulation::{Question, Simulation, Status};
    use wasm_bindgen::prelude::{JsError, wasm_bindgen};

    /// Day being simulated.
    #[wasm_bindgen]
    pub struct Day {
        run: Simulation,
        duration_ms: u64,
    }

    #[wasm_bindgen]
    impl Day {
        /// Starts the day of a question.
        ///
        /// # Errors
        ///
        /// If the question cannot be read or allows no run.
        #[wasm_bindgen(constructor)]
        pub fn new(question: &[u8]) -> Result<Self, JsError> {
            let question = Question::from_bytes(question);
            let question = question.ok_or_else(|| JsError::new("unreadable"))?;
            let duration_ms = question.config.duration_ms;
            let run = Simulation::new(question.config, question.seed);
            let run = run.map_err(|error| JsError::new(&message(&error)))?;
            Ok(Self { run, duration_ms })
        }

        /// Processes up to `budget` events; `false` once the day is over.
        pub fn step(&mut self, budget: u32) -> bool {
            self.run.step(budget) == Status::Running
        }

        /// Share of the day that is over, from 0 to 1.
        pub fn progress(&self) -> f64 {
            self.run.now_ms() as f64 / self.duration_ms.max(1) as f64
        }

        /// Results so far, as bytes.
        pub fn results(&self) -> Vec<u8> {
            self.run.results().to_bytes()
        }
    }
}

fn main() {}
