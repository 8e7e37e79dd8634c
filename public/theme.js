// Blocks, so that the chosen theme is there before the first paint, and nobody sees the drawn
// default scenario where a link or a kept draft brings another. A link may name a theme.
try {
  if (!/^(#(v=2)?)?$/.test(location.hash) || /[?&](?!utm_)[\w-]/.test(location.search)) document.documentElement.dataset.link = '';
  var asked = /[#?&;]theme=(\w+)/.exec(location.search + location.hash);
  var theme = asked ? asked[1] : localStorage.getItem('kt-capacity:theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  if (localStorage.getItem('kt-capacity:draft')) document.documentElement.dataset.link = '';
  // Edits that were made just before a reload, with the address from before them.
  var left = (sessionStorage.getItem('kt-capacity:left') || '\nv=2').split('\n');
  if (left[0] === location.hash.slice(1) && left[1] !== 'v=2') document.documentElement.dataset.link = '';
} catch (refused) { /* storage is blocked: the system's theme, and no draft */ }
