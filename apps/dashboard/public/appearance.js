// Runs before the first paint, so that a chosen theme or language does not flash the other one.
try {
  const theme = localStorage.getItem('parley.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  const language = localStorage.getItem('parley.language');
  if (language) document.documentElement.lang = language;
} catch {
  // Storage may be blocked: the system's theme and the browser's language serve.
}
