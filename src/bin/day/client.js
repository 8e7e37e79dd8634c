// The page's way to the program of the day: a worker, or, where that is refused (a frame without
// an origin, a policy), the same script on the page.
const here = document.currentScript.src;
const script = new URL('day-worker.js', here);

let post = null; // sends to what lives days
let ask = null; // the newest question
let hear = () => {};

const tell = (answer) => {
  if (answer.run !== ask?.run) return; // late
  if (answer.failure !== undefined) close();
  hear(answer.run, answer.results, answer.progress ?? 0, answer.isDone ?? false, answer.failure);
};

let close = () => {};

function open() {
  let worker;
  try {
    worker = new Worker(script);
  } catch {
    return openHere();
  }
  let isAlive = false;
  worker.onmessage = ({ data }) => {
    isAlive = true;
    tell(data);
  };
  worker.onerror = (event) => {
    event.preventDefault();
    worker.terminate();
    if (isAlive) tell({ run: ask?.run, failure: event.message });
    else openHere();
  };
  close = () => {
    worker.terminate();
    post = null;
  };
  post = (message) => worker.postMessage(message);
  document.documentElement.dataset.day = 'worker';
}

function openHere() {
  const element = document.createElement('script');
  element.src = script;
  const waiting = () => {};
  post = waiting;
  close = () => {
    post = null;
  };
  element.onload = () => {
    const live = window.livesDays;
    if (post !== waiting) return;
    post = (message) => live(message, tell);
    if (ask) post(ask);
  };
  element.onerror = () => tell({ run: ask?.run, failure: `${script.pathname} could not be loaded` });
  document.head.append(element);
  document.documentElement.dataset.day = 'page';
}

window.capacityDay = {
  hear(listener) {
    hear = listener;
  },
  ask(run, question) {
    ask = { run, question };
    if (post) post(ask);
    else {
      open();
      post(ask);
    }
  },
};
