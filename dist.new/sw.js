// Keeps one release of the page, whole, for use without a network. Every file of a page comes
// from the release that page was loaded from: a new one is fetched whole, and takes the place
// of the old when the reader asks for it or has closed the last page. The build writes the
// next two lines.
const release = '';
const files = [];

const kept = `kt-capacity ${registration.scope} `; // caches belong to the whole host
const name = kept + release;

addEventListener('install', (event) => {
  event.waitUntil(caches.open(name).then((cache) => cache.addAll(files.map(
    // A file without a hash in its name may stand in the browser's cache as it was.
    (file) => new Request(file, { cache: /-[0-9a-f]{15,}/.test(file) ? 'default' : 'no-cache' }),
  ))));
});

addEventListener('activate', (event) => {
  event.waitUntil(caches.keys().then((names) => Promise.all(
    names.filter((each) => each.startsWith(kept) && each !== name).map((each) => caches.delete(each)),
  )));
});

addEventListener('message', ({ data }) => {
  if (data === 'replace') skipWaiting();
});

addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || !url.href.startsWith(registration.scope)) return;
  const file = url.href.slice(registration.scope.length).replace(/[?#].*/s, '') || 'index.html';
  if (!files.includes(file)) return;
  event.respondWith(caches.open(name)
    .then((cache) => cache.match(registration.scope + file))
    .then((answer) => answer ?? fetch(event.request)));
});
