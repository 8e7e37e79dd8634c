// Starts the program, and once its form answers, the later one with charts and files.
// The script tag that loads this file names their parts.
const { js, wasm, laterJs, laterWasm } = document.querySelector('script[data-wasm]').dataset;
const here = (path) => new URL(path, document.baseURI).href;
const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));

async function run(script, program) {
  const { default: start } = await import(here(script));
  await start({ module_or_path: here(program) });
}

try {
  await run(js, wasm);
  await painted();
  await run(laterJs, laterWasm);
} catch (error) {
  console.error(error);
  document.querySelector('#failure [data-reason]').textContent = String(error);
  document.querySelector('#failure').hidden = false;
}
