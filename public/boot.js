// Starts the program: its first part answers in the page that was drawn when it was built, then
// the page part takes that page over, then the other answers come. The part that keeps the question
// comes before the answer where a link or a draft is the question, else after it.
// The script tag that loads this file names the program.
//
// The drawn page stands in `#still` and `#later-still`. What was typed, opened and pressed in it
// is handed over, in the same task in which the program shows its own, so that nothing flickers.
const { js, wasm, worker } = document.querySelector('script[data-wasm]').dataset;
// The files of the part that links need, and the style of all that is not drawn ahead: named by
// the build.
const files = { keep: [], style: '' };
const page = document.documentElement;
const byId = (id) => document.getElementById(id);
const here = (path) => new URL(path, document.baseURI).href;
// A frame out of sight is not painted, and must not wait for it.
const painted = () => new Promise((done) => {
  requestAnimationFrame(() => setTimeout(done));
  setTimeout(done, 200);
});
const breath = () => window.scheduler?.yield?.() ?? new Promise((done) => setTimeout(done));
const idle = window.requestIdleCallback ?? setTimeout;
const fields = 'input, select, textarea';
const wasOpen = new Set(document.querySelectorAll('details[open]'));
const presses = [];
const watching = new AbortController(); // ends once the page is complete
let scrolled = 0; // the drawn form; to ask for it later is to lay the page out twice

// A part that does not arrive is asked for again: a train may have left its tunnel.
const pauses = [300, 1200, 3000];
async function load(part) {
  for (const pause of pauses) {
    try {
      return await part();
    } catch (error) {
      console.warn(error);
      await new Promise((done) => setTimeout(done, pause));
    }
  }
  return part();
}

const hint = (what) => {
  const link = Object.assign(document.createElement('link'), what);
  document.head.append(link);
  return link;
};

// Asks for a file while the first part is on its way.
const preload = (file) => hint({ rel: 'preload', as: 'fetch', crossOrigin: 'anonymous', href: here(file) });

// The style of the page part, once; a page without it is plain, and still of use.
let sheet;
const dressed = () => sheet ??= new Promise((done) => {
  const link = hint({ rel: 'stylesheet', href: here(files.style) });
  link.onload = done;
  link.onerror = done;
});

// One slice of a part in each task, so that keys and paints come between.
async function mount(program) {
  while (program.mount_next()) await breath();
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
  for (const [old, mine] of pairs('details')) {
    if (old.open !== wasOpen.has(old)) mine.open = old.open;
  }
  for (const [old, mine] of pairs('.why')) {
    old.className = 'drawn'; // until the reasons come
    mine.append(old);
  }
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
  place.hidden = false;
  if (!still) return;
  const rest = still.querySelector('#later-still');
  rest?.remove();
  const follow = 'link' in page.dataset ? () => {} : handOver(still, place);
  if (rest && !('link' in page.dataset)) place.querySelector('#later').after(rest);
  still.remove();
  follow();
}

// The form and the figures work, the rest could not be loaded: nothing drawn may pass for its answers.
function fallShort(again) {
  byId('later-still')?.remove();
  for (const drawn of all(document, '.why > .drawn')) drawn.remove();
  byId('partial').hidden = false;
  byId('partial').querySelector('button').onclick = () => {
    byId('partial').hidden = true;
    again();
  };
}

function fail(error) {
  const still = byId('still');
  if (still) still.inert = true;
  const reason = document.querySelector('#failure [data-reason]');
  reason.textContent ||= String(error);
  byId('failure').hidden = false;
}

const { signal } = watching;
addEventListener('click', press, { capture: true, signal });
addEventListener('input', stale, { signal });
addEventListener('input', level, { signal });
addEventListener('scroll', ({ target }) => {
  if (target.matches?.('#still .inputs')) scrolled = target.scrollTop;
}, { capture: true, signal });

async function rest(program) {
  try {
    if (!('ready' in page.dataset)) {
      await Promise.all([load(program.keep), load(program.page), dressed()]);
      await mount(program);
      takeOver(byId('still'), byId('app'));
      delete page.dataset.link;
      page.dataset.ready = '';
      await painted();
      hint({ rel: 'stylesheet', href: 'later.css' });
    }
    // Shown as a whole, for its slices are not mounted in order; the place of a picture is kept.
    byId('later').hidden = !byId('later').closest('.widget');
    await load(program.later);
    await mount(program);
    // Edited in between, the n-th button may be another one.
    if ('stale' in page.dataset) presses.length = 0;
    for (const drawn of all(document, '.why > .drawn')) drawn.remove();
    takeOver(byId('later-still'), byId('later'));
    delete page.dataset.stale;
    page.dataset.complete = '';
    if (worker) idle(() => import('./offline.js').then(({ keep }) => keep(worker)));
    watching.abort();
  } catch (error) {
    console.error(error);
    fallShort(() => rest(program));
  }
}

// A program that breaks says so itself; what breaks it from outside is told here.
const trap = (error) => {
  if (error instanceof WebAssembly.RuntimeError) fail(error);
};
addEventListener('error', (event) => trap(event.error));
addEventListener('unhandledrejection', (event) => trap(event.reason));

const isLinked = 'link' in page.dataset;
if (isLinked) files.keep.forEach(preload);
try {
  const program = await import(here(js));
  await program.default({ module_or_path: here(wasm) });
  if (isLinked) await Promise.all([load(program.keep), dressed()]);
  else await breath();
  program.answer_first();
  await painted();
  await rest(program);
} catch (error) {
  console.error(error);
  fail(error);
}
