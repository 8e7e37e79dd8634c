// Reads usage exports piece by piece, in a worker or, where a page is refused one, on the page.
//
// A worker is told { wasm, files, answers } and says { done: bytes } while it reads, and
// last { outcome: text } or { failed: text }. To stop it is to end it. On the page the same goes
// through `readUsage`, in slices that leave room for keys and paints.
import init, { Reading } from './usage.js';

const piece = 1 << 20;
const slice = 1 << 15; // on the page: a few milliseconds

async function read({ wasm, files, answers }, tell, { size, breath, isStopped }) {
  await init({ module_or_path: wasm });
  const reading = new Reading(answers);
  let done = 0;
  for (const [index, file] of files.entries()) {
    if (index > 0) reading.next_file();
    for (let from = 0; from < file.size && !reading.is_settled(); from += size) {
      const bytes = new Uint8Array(await file.slice(from, from + size).arrayBuffer());
      if (isStopped()) return reading.free();
      reading.push(bytes);
      done += bytes.length;
      tell({ done });
      await breath();
    }
  }
  const ended = reading.end();
  // The days are those of the reader's zone, as it was when the file was written.
  const middle = ended.middle_ms();
  const offset = -(middle === undefined ? new Date() : new Date(middle)).getTimezoneOffset();
  return tell({ outcome: ended.json(offset) });
}

const failed = (error) => ({ failed: String(error?.message ?? error) });

if (typeof WorkerGlobalScope !== 'undefined' && self instanceof WorkerGlobalScope) {
  const tell = (message) => self.postMessage(message);
  const how = { size: piece, breath: () => {}, isStopped: () => false };
  self.onmessage = ({ data }) => read(data, tell, how).catch((error) => tell(failed(error)));
} else {
  window.readUsage = (asked, tell) => {
    let stopped = false;
    const breath = () => new Promise((next) => setTimeout(next));
    const how = { size: slice, breath, isStopped: () => stopped };
    read(asked, tell, how).catch((error) => tell(failed(error)));
    return () => {
      stopped = true;
    };
  };
}
