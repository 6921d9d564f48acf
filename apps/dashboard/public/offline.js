// Goes on where it was: by button, and by itself once the server answers again.
const goOn = () => location.reload();
const look = async () => {
  if (document.hidden) return;
  const answer = await fetch('/', { method: 'HEAD', cache: 'no-store' }).catch(() => null);
  if (answer?.ok) goOn();
};
addEventListener('online', look);
document.addEventListener('visibilitychange', look);
setInterval(look, 3_000);
for (const button of document.querySelectorAll('button')) button.addEventListener('click', goOn);
