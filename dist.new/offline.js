// Keeps the page for use without a network, and says when a newer one is there.
// Not in a frame: a page that embeds the calculator decides for itself what is kept.
export async function keep(worker) {
  if (window !== window.top || !navigator.serviceWorker) return;
  const registration = await navigator.serviceWorker.register(worker).catch(() => null);
  if (!registration) return; // refused: the page needs the network, and works
  const offer = () => {
    // The first worker replaces nothing.
    if (!registration.waiting || !navigator.serviceWorker.controller) return;
    const notice = document.getElementById('update');
    notice.hidden = false;
    notice.querySelector('button').onclick = () => registration.waiting?.postMessage('replace');
  };
  offer();
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', offer);
  });
  const had = navigator.serviceWorker.controller;
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    // The scenario is in the link.
    if (had) window.location.reload();
  });
}
