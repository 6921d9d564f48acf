// Shows what the server pushes, and leads to it. It keeps nothing and answers no request of the pages.
self.addEventListener('push', (event) => {
  const { title, body, path, tag } = event.data?.json() ?? {};
  if (!title) return;
  const shown = self.clients.matchAll({ type: 'window' }).then((pages) => {
    // Whoever has the inbox before them is told there.
    if (pages.some((page) => page.visibilityState === 'visible' && page.focused)) return undefined;
    return self.registration.showNotification(title, { body, tag, icon: '/favicon.svg', data: { path } });
  });
  event.waitUntil(shown);
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const path = String(event.notification.data?.path ?? '/');
  // Only pages of our own.
  const address = path.startsWith('/') && !path.startsWith('//') ? path : '/';
  const opened = self.clients.matchAll({ type: 'window' }).then((pages) => {
    const [page] = pages;
    return page ? page.navigate(address).then((there) => (there ?? page).focus()) : self.clients.openWindow(address);
  });
  event.waitUntil(opened);
});
