// The service worker: the page and the plants seen so far work without the server. The build puts
// the files of the page and a version made of them where the two words in capitals stand.
const version = 'didymium-VERSION'
const plants = 'didymium-plants'
const files = FILES

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(version).then((cache) => cache.addAll(files)))
})

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => names.filter((name) => name !== version && name !== plants))
      .then((old) => Promise.all(old.map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  )
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== self.location.origin) return
  const scope = new URL(self.registration.scope)
  const path = url.pathname.slice(scope.pathname.length)
  if (path === 'api/plants' || path.startsWith('api/plants/')) {
    event.respondWith(fromServer(request, plants))
  } else if (/^(?:api|epcis)\//.test(path)) return
  else if (request.mode === 'navigate') event.respondWith(fromServer(request, version, scope.href))
  else event.respondWith(fromCache(request))
})

/** The server's answer, kept for later; what was kept, where the server does not answer. */
async function fromServer(request, name, as = request) {
  const cache = await caches.open(name)
  try {
    const answer = await fetch(request)
    if (answer.ok && !answer.redirected) await cache.put(as, answer.clone())
    return answer
  } catch (problem) {
    const kept = await cache.match(as)
    if (kept === undefined) throw problem
    return kept
  }
}

/** Files of the build never change under their name. */
async function fromCache(request) {
  const cache = await caches.open(version)
  return (await cache.match(request)) ?? fetch(request)
}
