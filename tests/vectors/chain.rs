//! Poisson arrivals before c servers whose service has two exponential phases, solved
//! as a Markov chain: the exact road beside the approximations of the model.
//!
//! Levels count requests, a state of a level how many of those in service are in
//! their first phase. Above c the levels repeat, so that each is the one below times
//! a matrix R; logarithmic reduction finds it. Source: Latouche and Ramaswami, "A
//! Logarithmic Reduction Algorithm for Quasi-Birth-Death Processes", *Journal of
//! Applied Probability* 30 (1993).

/// A service time of two phases: the first is entered with a chance, left at a rate,
/// and followed by the second with a chance.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TwoPhases {
    pub(crate) starts_in_first: f64,
    pub(crate) rates: [f64; 2],
    pub(crate) second_follows: f64,
}

impl TwoPhases {
    /// Two equal stages.
    pub(crate) fn erlang(mean: f64) -> Self {
        Self {
            starts_in_first: 1.0,
            rates: [2.0 / mean; 2],
            second_follows: 1.0,
        }
    }

    /// One of two exponentials, each carrying half of the work.
    pub(crate) fn balanced(mean: f64, cv2: f64) -> Self {
        let first = 0.5 * (1.0 + ((cv2 - 1.0) / (cv2 + 1.0)).sqrt());
        Self {
            starts_in_first: first,
            rates: [2.0 * first / mean, 2.0 * (1.0 - first) / mean],
            second_follows: 0.0,
        }
    }
}

pub(crate) struct Solved {
    pub(crate) p_wait: f64,
    pub(crate) mean_queue: f64,
}

pub(crate) fn solve(arrival_rate: f64, servers: usize, service: TwoPhases) -> Solved {
    let chain = Chain {
        arrival_rate,
        servers,
        service,
    };
    let up = Matrix::identity(servers + 1).scaled(arrival_rate);
    let (local, down) = (chain.local(servers), chain.down(servers + 1));
    let r = repeating(&up, &local, &down);

    // Below c the levels differ: level n + 1 is level n times a matrix of its own.
    let mut ratios = vec![r.clone()];
    let mut back = r.times(&down);
    for level in (0..servers).rev() {
        let ratio = chain
            .up(level)
            .over(&chain.local(level + 1).plus(&back).scaled(-1.0));
        back = ratio.times(&chain.down(level + 1));
        ratios.push(ratio);
    }
    ratios.reverse();

    // Level 0 has one state; its weight is free.
    let mut level = Matrix::identity(1);
    let mut below = 0.0;
    for ratio in ratios.iter().take(servers) {
        below += level.sum();
        level = level.times(ratio);
    }
    let rest = Matrix::identity(servers + 1).plus(&r.scaled(-1.0));
    let busy = level.over(&rest);
    let queue = busy.times(&r).over(&rest);
    let all = below + busy.sum();
    Solved {
        p_wait: busy.sum() / all,
        mean_queue: queue.sum() / all,
    }
}

/// The least R with `up + R·local + R²·down = 0`.
fn repeating(up: &Matrix, local: &Matrix, down: &Matrix) -> Matrix {
    let stay = local.scaled(-1.0);
    let (mut rising, mut falling) = (stay.solve(up), stay.solve(down));
    let (mut g, mut product) = (falling.clone(), rising.clone());
    let one = Matrix::identity(up.rows);
    for _ in 0..60 {
        let both = rising.times(&falling).plus(&falling.times(&rising));
        let left = one.plus(&both.scaled(-1.0));
        rising = left.solve(&rising.times(&rising));
        falling = left.solve(&falling.times(&falling));
        let step = product.times(&falling);
        g = g.plus(&step);
        product = product.times(&rising);
        if step.largest() < 1e-18 {
            break;
        }
    }
    up.over(&stay.plus(&up.times(&g).scaled(-1.0)))
}

struct Chain {
    arrival_rate: f64,
    servers: usize,
    service: TwoPhases,
}

impl Chain {
    fn states(&self, level: usize) -> usize {
        level.min(self.servers) + 1
    }

    /// A request comes: below c it starts in one of the phases.
    fn up(&self, level: usize) -> Matrix {
        let mut rates = Matrix::zero(self.states(level), self.states(level + 1));
        let first = self.service.starts_in_first;
        for i in 0..rates.rows {
            if level < self.servers {
                *rates.at(i, i + 1) += self.arrival_rate * first;
                *rates.at(i, i) += self.arrival_rate * (1.0 - first);
            } else {
                *rates.at(i, i) += self.arrival_rate;
            }
        }
        rates
    }

    /// A request goes, and above c another starts in its place.
    fn down(&self, level: usize) -> Matrix {
        let mut rates = Matrix::zero(self.states(level), self.states(level - 1));
        let busy = level.min(self.servers);
        let replaced = self.servers < level;
        let first = self.service.starts_in_first;
        for i in 0..rates.rows {
            let from_first = i as f64 * self.service.rates[0] * (1.0 - self.service.second_follows);
            let from_second = (busy - i) as f64 * self.service.rates[1];
            if replaced {
                *rates.at(i, i) += from_first * first + from_second * (1.0 - first);
                if 0 < i {
                    *rates.at(i, i - 1) += from_first * (1.0 - first);
                }
                if i < busy {
                    *rates.at(i, i + 1) += from_second * first;
                }
            } else {
                if 0 < i {
                    *rates.at(i, i - 1) += from_first;
                }
                if i < busy {
                    *rates.at(i, i) += from_second;
                }
            }
        }
        rates
    }

    /// Phases change; the diagonal is what is left of the row.
    fn local(&self, level: usize) -> Matrix {
        let mut rates = Matrix::zero(self.states(level), self.states(level));
        let busy = level.min(self.servers);
        for i in 0..rates.rows {
            let first = i as f64 * self.service.rates[0];
            let second = (busy - i) as f64 * self.service.rates[1];
            *rates.at(i, i) -= self.arrival_rate + first + second;
            if 0 < i {
                *rates.at(i, i - 1) += first * self.service.second_follows;
            }
        }
        rates
    }
}

/// A small dense matrix.
#[derive(Clone)]
struct Matrix {
    rows: usize,
    columns: usize,
    cells: Vec<f64>,
}

impl Matrix {
    fn zero(rows: usize, columns: usize) -> Self {
        Self {
            rows,
            columns,
            cells: vec![0.0; rows * columns],
        }
    }

    fn identity(rows: usize) -> Self {
        let mut one = Self::zero(rows, rows);
        for i in 0..rows {
            *one.at(i, i) = 1.0;
        }
        one
    }

    fn at(&mut self, row: usize, column: usize) -> &mut f64 {
        &mut self.cells[row * self.columns + column]
    }

    fn row(&self, row: usize) -> &[f64] {
        &self.cells[row * self.columns..(row + 1) * self.columns]
    }

    fn sum(&self) -> f64 {
        self.cells.iter().sum()
    }

    fn largest(&self) -> f64 {
        self.cells
            .iter()
            .fold(0.0, |most, cell| cell.abs().max(most))
    }

    fn scaled(&self, factor: f64) -> Self {
        let mut scaled = self.clone();
        scaled.cells.iter_mut().for_each(|cell| *cell *= factor);
        scaled
    }

    fn plus(&self, other: &Self) -> Self {
        let mut sum = self.clone();
        for (cell, more) in sum.cells.iter_mut().zip(&other.cells) {
            *cell += more;
        }
        sum
    }

    fn times(&self, other: &Self) -> Self {
        let mut product = Self::zero(self.rows, other.columns);
        for i in 0..self.rows {
            let row = &mut product.cells[i * other.columns..(i + 1) * other.columns];
            for (k, factor) in self.row(i).iter().enumerate() {
                for (cell, right) in row.iter_mut().zip(other.row(k)) {
                    *cell += factor * right;
                }
            }
        }
        product
    }

    fn transposed(&self) -> Self {
        let mut turned = Self::zero(self.columns, self.rows);
        for i in 0..self.rows {
            for (j, cell) in self.row(i).iter().enumerate() {
                *turned.at(j, i) = *cell;
            }
        }
        turned
    }

    /// X with X · divisor = self.
    fn over(&self, divisor: &Self) -> Self {
        divisor.transposed().solve(&self.transposed()).transposed()
    }

    /// X with self · X = right, by elimination with row exchanges.
    fn solve(&self, right: &Self) -> Self {
        let (mut left, mut right) = (self.clone(), right.clone());
        let n = left.rows;
        for pivot in 0..n {
            let best = (pivot..n)
                .max_by(|a, b| {
                    let size = |row: usize| left.row(row)[pivot].abs();
                    size(*a).total_cmp(&size(*b))
                })
                .unwrap();
            left.exchange(pivot, best);
            right.exchange(pivot, best);
            let by = 1.0 / left.row(pivot)[pivot];
            left.scale_row(pivot, by);
            right.scale_row(pivot, by);
            for row in 0..n {
                if row != pivot {
                    let factor = left.row(row)[pivot];
                    left.subtract_row(row, pivot, factor);
                    right.subtract_row(row, pivot, factor);
                }
            }
        }
        right
    }

    fn exchange(&mut self, a: usize, b: usize) {
        for column in 0..self.columns {
            self.cells
                .swap(a * self.columns + column, b * self.columns + column);
        }
    }

    fn scale_row(&mut self, row: usize, by: f64) {
        for column in 0..self.columns {
            *self.at(row, column) *= by;
        }
    }

    fn subtract_row(&mut self, row: usize, pivot: usize, factor: f64) {
        for column in 0..self.columns {
            let part = factor * self.row(pivot)[column];
            *self.at(row, column) -= part;
        }
    }
}
