// Shows what the server pushes, and says so where there is no network. It keeps the page that says it and nothing else:
// files whose names change with their content the browser keeps by itself, and answers of the API never pass through here.
const offline = 'parley-offline';
const offlinePage = ['/offline.html', '/offline.css', '/offline.js', '/appearance.js', '/favicon.svg'];

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(offline).then((cache) => cache.addAll(offlinePage)));
  self.skipWaiting();
});

self.addEventListener('activate', (event) => {
  const tidied = caches
    .keys()
    .then((names) => Promise.all(names.filter((name) => name !== offline).map((name) => caches.delete(name))));
  // The page is asked for while this wakes up.
  event.waitUntil(Promise.all([tidied, self.registration.navigationPreload?.enable()]));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (request.mode === 'navigate' && request.destination === 'document') event.respondWith(pageOf(event));
  else if (offlinePage.includes(pathname)) event.respondWith(fetch(request).catch(() => kept(request)));
});

async function pageOf(event) {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch {
    return kept('/offline.html');
  }
}

async function kept(request) {
  return (await caches.match(request, { cacheName: offline, ignoreSearch: true })) ?? Response.error();
}

self.addEventListener('push', (event) => {
  const { title, body, path, tag } = event.data?.json() ?? {};
  if (!title) return;
  const shown = self.clients.matchAll({ type: 'window' }).then((pages) => {
    // Whoever has the inbox before them is told there.
    if (pages.some((page) => page.visibilityState === 'visible' && page.focused)) return undefined;
    return self.registration.showNotification(title, { body, tag, icon: '/icon-192.png', data: { path } });
  });
  event.waitUntil(shown);
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const { href, origin } = new URL(String(event.notification.data?.path ?? '/'), self.location.origin);
  // Only pages of our own: a browser takes `/\elsewhere` for another server.
  const address = origin === self.location.origin ? href : '/';
  const opened = self.clients.matchAll({ type: 'window' }).then((pages) => {
    const [page] = pages;
    return page ? page.navigate(address).then((there) => (there ?? page).focus()) : self.clients.openWindow(address);
  });
  event.waitUntil(opened);
});
