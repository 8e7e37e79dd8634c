// Lives days, one slice after another: in a worker, or on the page where none may be started.
// The newest question wins: the one before is left where it stands.
import init, { Day } from './day.js';

const isPage = typeof document === 'object';
const here = isPage ? document.currentScript.src : self.location.href;
const slice = isPage ? 12 : 40; // ms; on the page keys and paints come between
const pause = 150; // ms between two pictures of a day that goes on
const budget = 4096; // things that happen between two looks at the clock

// A timer waits longer the deeper it is nested; a message does not.
const channel = new MessageChannel();
const breath = () => (isPage && window.scheduler?.yield?.()) || new Promise((done) => {
  channel.port1.onmessage = done;
  channel.port2.postMessage(0);
});

let newest = null;
let program = null;

async function live(ask, tell) {
  newest = ask;
  if (!ask.question) return;
  const { run } = ask;
  let day;
  try {
    program ??= init({ module_or_path: new URL('day_bg.wasm', here) });
    await program;
    if (newest !== ask) return;
    day = new Day(ask.question);
    let told = performance.now();
    while (moves(day)) {
      await breath();
      if (newest !== ask) return;
      if (pause < performance.now() - told) {
        tell({ run, results: day.results(), progress: day.progress(), isDone: false });
        told = performance.now();
      }
    }
    tell({ run, results: day.results(), progress: 1, isDone: true });
  } catch (error) {
    tell({ run, failure: error.message ?? String(error) });
  } finally {
    day?.free();
  }
}

function moves(day) {
  const end = performance.now() + slice;
  while (performance.now() < end) if (!day.step(budget)) return false;
  return true;
}

if (isPage) window.livesDays = live;
else self.onmessage = ({ data }) => live(data, (answer) => self.postMessage(answer));
