// An answer of the capacity calculator inside another page:
//
//   <script async src="https://…/embed.js"></script>
//   <kt-capacity view="tokens" requests-per-day="50000" theme="auto"><a href="…">…</a></kt-capacity>
//
// Every attribute but these few is a key of a link (links.html): view, theme, scenario (a link, or
// the part of one after its #) and sandbox. What stands inside is shown until the frame answers.
(() => {
  if (customElements.get('kt-capacity')) return;
  const script = document.currentScript ?? document.querySelector('script[src*="embed.js"]');
  const base = new URL('.', script.src);
  const notKeys = /^(view|theme|scenario|sandbox|id|class|style|title|slot|hidden|lang|dir|role|part|tabindex|(data|aria|v)-.*|on.*)$/;
  const sandbox = 'allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-downloads allow-modals';
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(':host{display:grid;grid-template-columns:minmax(0,1fr)}:host([hidden]){display:none}'
    + 'slot,iframe:not([hidden]){display:block;grid-area:1/1}iframe{width:100%;height:480px;border:0;border-radius:8px;visibility:hidden}'
    + '.on{visibility:visible}.on+slot{display:none}');
  const views = ['full', 'brief', 'tokens', 'fleet', 'storage', 'cost', 'day', 'compare'];
  const media = matchMedia('(prefers-color-scheme: dark)');

  // What documentation sites write on their page, else what the text around looks like.
  const themeAround = (element) => {
    for (const place of [document.body, document.documentElement]) {
      for (const name of ['data-md-color-scheme', 'data-theme', 'data-bs-theme', 'class']) {
        const said = ` ${place.getAttribute(name)} `;
        if (/ (slate|dark) /.test(said)) return 'dark';
        if (/ (default|light) /.test(said)) return 'light';
      }
    }
    const { color } = getComputedStyle(element);
    const [red, green, blue] = color.match(/[\d.]+/g).map(Number);
    const dark = color.startsWith('rgb') ? red + green + blue > 382 : media.matches;
    return dark ? 'dark' : 'light';
  };

  customElements.define('kt-capacity', class extends HTMLElement {
    connectedCallback() {
      const shadow = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
      shadow.adoptedStyleSheets = [sheet];
      const frame = this.frame = document.createElement('iframe');
      frame.loading = 'lazy';
      frame.allow = 'clipboard-write';
      frame.sandbox = this.getAttribute('sandbox') ?? sandbox;
      // A frame without an origin of its own calls itself "null".
      const origin = frame.sandbox.contains('allow-same-origin') ? base.origin : 'null';
      this.target = origin === 'null' ? '*' : origin;
      this.asked = '';
      this.update();
      shadow.replaceChildren(frame, document.createElement('slot'));

      this.stop = new AbortController();
      const { signal } = this.stop;
      addEventListener('message', (event) => {
        const { type, height } = event.data ?? {};
        const isOurs = event.source === frame.contentWindow && event.origin === origin;
        if (!isOurs || type !== 'kt-capacity:height' || !(height > 0 && height < 1e5)) return;
        frame.style.height = `${Math.ceil(height)}px`;
        frame.className = 'on';
        this.tell();
      }, { signal });
      const update = () => this.update();
      media.addEventListener('change', update, { signal });
      this.watch = new MutationObserver(update);
      for (const place of [this, document.body, document.documentElement]) {
        this.watch.observe(place, { attributes: true });
      }
    }

    disconnectedCallback() {
      this.stop.abort();
      this.watch.disconnect();
    }

    update() {
      const view = this.getAttribute('view') || 'full';
      if (this.refuse(views.includes(view) ? '' : view)) return;
      const wanted = this.getAttribute('theme');
      this.theme = /^(light|dark)$/.test(wanted) ? wanted : themeAround(this);
      const pairs = ['v=1', (this.getAttribute('scenario') ?? '').replace(/^.*#/, '')];
      for (const { name, value } of this.attributes) {
        // The signs that part a row are meant as such.
        const text = encodeURIComponent(value).replace(/%(2C|2F|3A)/g, decodeURIComponent);
        if (!notKeys.test(name)) pairs.push(`${name}=${text}`);
      }
      const asked = `${pairs.filter(Boolean).join('&')}&view=${encodeURIComponent(view)}`;
      if (asked !== this.asked) {
        this.asked = asked;
        this.frame.title = this.title || `Capacity calculator: ${view}`;
        const address = `${base}#${asked}&theme=${this.theme}&embed=${encodeURIComponent(location.origin)}`;
        // A frame that runs reads the new link without loading anew or an entry in the history.
        if (this.frame.className) this.frame.contentWindow.location.replace(address);
        else this.frame.src = address;
      }
      this.tell();
    }

    // A view that does not exist is no calculator: what stands inside is shown, and the author told.
    refuse(view) {
      const { frame } = this;
      if (view && (!frame.hidden || this.asked !== view)) {
        console.warn(`<kt-capacity view="${view}">: there is ${views.join(', ')}`);
        if (frame.src) frame.src = 'about:blank';
        frame.className = '';
        this.asked = view;
      }
      frame.hidden = Boolean(view);
      return frame.hidden;
    }

    tell() {
      if (this.frame.className) {
        this.frame.contentWindow.postMessage({ type: 'kt-capacity:theme', theme: this.theme }, this.target);
      }
    }
  });
})();
