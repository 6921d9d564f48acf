// Runs before the first paint, so that a chosen theme or language does not flash the other one.
{
  const wear = (theme) => {
    const chosen = theme === 'light' || theme === 'dark' ? theme : null;
    if (chosen) document.documentElement.dataset.theme = chosen;
    else delete document.documentElement.dataset.theme;
    // The bare canvas and the browser's own frame are painted before any style sheet is read.
    document.querySelector('meta[name=color-scheme]').content = chosen ?? 'light dark';
    for (const frame of document.querySelectorAll('meta[name=theme-color]')) {
      frame.content = (chosen ?? frame.dataset.of) === 'dark' ? '#131615' : '#f4f5f4';
    }
  };
  try {
    wear(localStorage.getItem('parley.theme'));
    const language = localStorage.getItem('parley.language');
    if (language) document.documentElement.lang = language;
    if (language === 'ar') document.documentElement.dir = 'rtl';
  } catch {
    // Storage may be blocked: the system's theme and the browser's language serve.
  }
  addEventListener('parley:theme', ({ detail }) => wear(detail));
}
