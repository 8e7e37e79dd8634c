//! The program of the simulated day: a question in bytes, a day in pieces, an answer in bytes.
//!
//! A worker runs it (`driver.js`), so that the page stays free; it knows numbers and no
//! words. It has no clock: who asks decides how long a piece is.

#[cfg(target_family = "wasm")]
mod program {
    use kt_capacity::say::model::message;
    use kt_capacity::simulation::{Question, Simulation, Status};
    use wasm_bindgen::prelude::{JsError, wasm_bindgen};

    /// A day that is being lived.
    #[wasm_bindgen]
    pub struct Day {
        run: Simulation,
        duration_ms: u64,
    }

    #[wasm_bindgen]
    impl Day {
        /// Begins the day of a question.
        ///
        /// # Errors
        ///
        /// If it cannot be read, or allows no run.
        #[wasm_bindgen(constructor)]
        pub fn new(question: &[u8]) -> Result<Self, JsError> {
            let question = Question::from_bytes(question);
            let question = question.ok_or_else(|| JsError::new("unreadable"))?;
            let duration_ms = question.config.duration_ms;
            let run = Simulation::new(question.config, question.seed);
            let run = run.map_err(|error| JsError::new(&message(&error)))?;
            Ok(Self { run, duration_ms })
        }

        /// Moves on by so many things that happen; false once the day is over.
        pub fn step(&mut self, budget: u32) -> bool {
            self.run.step(budget) == Status::Running
        }

        /// Share of the day that is over.
        pub fn progress(&self) -> f64 {
            self.run.now_ms() as f64 / self.duration_ms.max(1) as f64
        }

        /// What is known so far.
        pub fn results(&self) -> Vec<u8> {
            self.run.results().to_bytes()
        }
    }
}

fn main() {}
