//! Choice of the provider: the primary, and the next place after a refusal.

use super::config::Failover;
use super::engine::Simulation;
use super::request::Request;
use super::robin;

impl Simulation {
    /// Chooses the primary by the pod's weighted round robin among the providers that are up.
    #[inline]
    pub(super) fn choose_primary(&mut self, place: u32) -> bool {
        let turn = if self.routes.is_plain {
            let pod = self.arena.get(place).pod;
            let counters = self.fleet.turns.of(pod, 0);
            match &self.config.calls.breaker {
                None => robin::turn(counters, &self.weights, |_| true),
                Some(rule) => {
                    let breakers = &self.fleet.pods[pod as usize].breakers;
                    let is_up = |index: usize| breakers[index].is_up(rule, self.now);
                    robin::turn(counters, &self.weights, is_up)
                }
            }
        } else {
            // Providers without weight serve only if no weighted one may.
            let request = *self.arena.get(place);
            let weighted = self.turn(&request, 0, 1);
            weighted.or_else(|| self.turn(&request, 0, 0))
        };
        if let Some(primary) = turn {
            self.arena.get_mut(place).primary = u8::try_from(primary).unwrap_or(u8::MAX);
        }
        turn.is_some()
    }

    /// Provider of a later place for a request that was just refused for a limit; `None` if no
    /// later place takes it.
    pub(super) fn spill(&mut self, place: u32) -> Option<usize> {
        if self.routes.is_plain || self.config.calls.failover == Failover::None {
            return None;
        }
        let request = *self.arena.get(place);
        let refused = self.routes.places[usize::from(request.provider)];
        self.turn(&request, refused.saturating_add(1), 1)
    }

    /// Provider whose turn it is: up, allowed and untried, in the first such place from `from` on,
    /// with at least this weight.
    fn turn(&mut self, request: &Request, from: u32, weight_least: u32) -> Option<usize> {
        let pod = &self.fleet.pods[request.pod as usize];
        let (routes, weights, now) = (&self.routes, &self.weights, self.now);
        let (breakers, rule) = (&pod.breakers, self.config.calls.breaker.as_ref());
        let client = request.question.client;
        let may_go = |index: usize| {
            let is_meant = from <= routes.places[index] && weight_least <= weights[index];
            let is_free = request.tried & (1 << index) == 0 && routes.may_go(client, index);
            is_meant && is_free && rule.is_none_or(|rule| breakers[index].is_up(rule, now))
        };
        let meant = (0..weights.len()).filter(|index| may_go(*index));
        let first = meant.map(|index| routes.places[index]).min()?;
        let robin = routes.robins[client as usize];
        robin::turn(self.fleet.turns.of(request.pod, robin), weights, |index| {
            routes.places[index] == first && may_go(index)
        })
    }
}
