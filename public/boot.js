// Starts the program, and once its form answers, the later one with charts and files.
// The script tag that loads this file names their parts.
//
// Until a program is there, the page that was drawn when it was built stands in its place
// (`#still`, `#later-still`). What was typed, opened and pressed in it is handed over, in the
// same task in which the program shows its own, so that nothing flickers.
const { js, wasm, laterJs, laterWasm, worker } = document.querySelector('script[data-wasm]').dataset;
const page = document.documentElement;
const byId = (id) => document.getElementById(id);
const here = (path) => new URL(path, document.baseURI).href;
const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
const idle = window.requestIdleCallback ?? setTimeout;
const fields = 'input, select, textarea';
const presses = [];
const watching = new AbortController(); // ends once the page is complete
let scrolled = 0; // the drawn form; to ask for it later is to lay the page out twice

async function run(script, program) {
  const { default: start } = await import(here(script));
  await start({ module_or_path: here(program) });
}

const all = (root, what) => [...root.querySelectorAll(what)];

// A press before the program is there waits for it; what the browser does itself is done.
function press(event) {
  const button = event.target.closest?.('button:not([popovertarget])');
  const still = button?.closest('#later-still') ?? button?.closest('#still');
  if (still) presses.push({ still, index: all(still, 'button').indexOf(button) });
}

// Drawn results that do not follow an edit are marked.
const stale = () => {
  page.dataset.stale = '';
};
let first;
function state({ detail }) {
  first ??= detail;
  if (detail !== first) stale();
}

// A slider and its number say the same; the number is what is handed over.
function level({ target }) {
  const field = target.closest?.('#still .field');
  const slider = field?.querySelector('[type=range]');
  if (!slider) return;
  if (target === slider) field.querySelector('[data-key]').value = target.value;
  else if (Number(target.value) >= 0) slider.value = target.value;
}

function isTyped(field) {
  if (field.type === 'range') return false;
  if (field.type === 'radio') return field.checked !== field.defaultChecked;
  if (field.options) return ![...field.options].every((o) => o.selected === o.defaultSelected);
  return field.value !== field.defaultValue;
}

function handField(field, mine) {
  if (field.type === 'radio') return field.checked && mine.click();
  mine.value = field.value;
  mine.dispatchEvent(new Event(field.options ? 'change' : 'input', { bubbles: true }));
}

// The same structure on both sides: the n-th field is the n-th field.
function handOver(still, place) {
  const pairs = (what) => {
    const mine = all(place, what);
    return all(still, what).map((old, index) => [old, mine[index]]).filter(([, one]) => one);
  };
  for (const [old, mine] of pairs(fields)) if (isTyped(old)) handField(old, mine);
  for (const [old, mine] of pairs('details')) mine.open = old.open;
  for (const [old, mine] of pairs('.why')) mine.replaceChildren(...old.childNodes);
  for (const [old, mine] of pairs('.inputs')) {
    if (old.matches(':popover-open')) mine.showPopover();
    if (scrolled) mine.scrollTop = scrolled;
  }
  const focus = pairs('button, summary, a, [tabindex], ' + fields)
    .find(([old]) => old === document.activeElement);
  if (focus) {
    const [old, mine] = focus;
    mine.focus({ preventScroll: true });
    if (old.selectionStart != null) {
      mine.setSelectionRange(old.selectionStart, old.selectionEnd, old.selectionDirection);
    }
  }
  const pressed = presses.filter((one) => one.still === still);
  const buttons = all(place, 'button');
  return () => pressed.forEach(({ index }) => buttons[index]?.click());
}

// A link or a kept draft is another scenario: the drawn one is not its own.
function takeOver(still, place) {
  if (!still) return;
  const rest = still.querySelector('#later-still');
  rest?.remove();
  const follow = 'link' in page.dataset ? () => {} : handOver(still, place);
  if (rest && !('link' in page.dataset)) byId('later').after(rest);
  still.remove();
  follow();
}

// The first program works, the later one could not be loaded: nothing drawn may pass for its answers.
function fallShort() {
  byId('later-still')?.remove();
  for (const why of all(document, '.why')) why.replaceChildren();
  byId('partial').hidden = false;
  byId('partial').querySelector('button').onclick = () => location.reload();
}

function fail(error) {
  const still = byId('still');
  if (still) still.inert = true;
  document.querySelector('#failure [data-reason]').textContent = String(error);
  document.querySelector('#failure').hidden = false;
}

const { signal } = watching;
addEventListener('click', press, { capture: true, signal });
addEventListener('input', stale, { signal });
addEventListener('input', level, { signal });
addEventListener('scroll', ({ target }) => {
  if (target.matches?.('#still .inputs')) scrolled = target.scrollTop;
}, { capture: true, signal });
document.addEventListener('kt-state', state, { signal });
try {
  await run(js, wasm);
  takeOver(byId('still'), byId('app'));
  delete page.dataset.link;
  page.dataset.ready = '';
  await painted();
  await run(laterJs, laterWasm);
  // Edited in between, the n-th button may be another one.
  if ('stale' in page.dataset) presses.length = 0;
  takeOver(byId('later-still'), byId('later'));
  if ('broken' in page.dataset) throw new Error('the later program stopped');
  delete page.dataset.stale;
  page.dataset.complete = '';
  if (worker) idle(() => import('./offline.js').then(({ keep }) => keep(worker)));
} catch (error) {
  console.error(error);
  if ('ready' in page.dataset) fallShort();
  else fail(error);
} finally {
  watching.abort();
}
