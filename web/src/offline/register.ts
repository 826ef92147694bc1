/** Makes the page work without the server from its second visit on; where the browser can. */
export function workOffline(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  const register = () => {
    // What the first view needs comes first; keeping the rest can wait.
    setTimeout(() => {
      navigator.serviceWorker.register('./service-worker.js').catch(() => undefined)
    }, 4000)
  }
  if (document.readyState === 'complete') register()
  else window.addEventListener('load', register)
}
