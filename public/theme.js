// Blocks, so that the chosen theme is there before the first paint.
try {
  var theme = localStorage.getItem('kt-capacity:theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch (refused) { /* storage is blocked: the system's theme */ }
