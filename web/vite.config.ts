import react from '@vitejs/plugin-react'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig, type Plugin } from 'vite'

const here = fileURLToPath(new URL('.', import.meta.url))

/** Files of `public/` that the page shows without the server as well. */
const always = ['./', './favicon.svg', './manifest.webmanifest']

/** Writes the service worker with the files of the build in it, and a version made of them. */
function serviceWorker(): Plugin {
  return {
    name: 'service-worker',
    apply: 'build',
    generateBundle(_, bundle) {
      const names = Object.keys(bundle).filter((name) => name !== 'index.html')
      const files = [...always, ...names.sort().map((name) => `./${name}`)]
      const version = createHash('sha256').update(files.join('\n')).digest('hex').slice(0, 12)
      const source = readFileSync(`${here}src/offline/worker.js`, 'utf8')
        .replace('VERSION', version)
        .replace('FILES', JSON.stringify(files))
      this.emitFile({ type: 'asset', fileName: 'service-worker.js', source })
    },
  }
}

/** Names the page beside the engine's start, so that both are fetched at once. */
function pageAtOnce(): Plugin {
  return {
    name: 'page-at-once',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (_, { bundle = {} }) => {
        const chunks = Object.values(bundle).filter((part) => part.type === 'chunk')
        const page = chunks.find(({ name }) => name === 'page')
        if (page === undefined) throw new Error('the build has no page')
        const link = (attrs: Readonly<Record<string, string>>, name: string) => ({
          tag: 'link',
          attrs: { ...attrs, crossorigin: true, href: `./${name}` },
          injectTo: 'head' as const,
        })
        const scripts = [page.fileName, ...page.imports]
        const styles = page.viteMetadata?.importedCss ?? []
        return [
          ...scripts.map((name) => link({ rel: 'modulepreload' }, name)),
          ...[...styles].map((name) => link({ rel: 'preload', as: 'style' }, name)),
        ]
      },
    },
  }
}

/** The web application, built into `dist/web`, from where `didymium serve` gives it out. */
export default defineConfig({
  root: here,
  base: './',
  plugins: [react(), pageAtOnce(), serviceWorker()],
  build: {
    outDir: fileURLToPath(new URL('../dist/web', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: false,
    // The layout library and the engine are large and load beside the page, not in its way.
    chunkSizeWarningLimit: 2000,
  },
  worker: { format: 'es' },
  server: { host: '127.0.0.1' },
})
