// Starts the program. The script tag that loads this file names its two parts.
const { js, wasm } = document.querySelector('script[data-wasm]').dataset;
const here = (path) => new URL(path, document.baseURI).href;

try {
  const { default: start } = await import(here(js));
  await start({ module_or_path: here(wasm) });
} catch (error) {
  console.error(error);
  document.querySelector('#failure [data-reason]').textContent = String(error);
  document.querySelector('#failure').hidden = false;
}
