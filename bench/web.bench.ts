import type { Browser, CDPSession, Page } from 'playwright'
import { launch, serve } from '../web/e2e/serve.ts'
import type { Benchmark } from './harness.ts'

/** Runs something in a page of its own, in a browser and with a server of their own. */
async function onPage(route: string, measure: (page: Page) => Promise<number>): Promise<number> {
  const served = await serve()
  let browser: Browser | undefined
  try {
    browser = await launch()
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
    const page = await context.newPage()
    page.setDefaultTimeout(60_000)
    await page.goto(served.url + route)
    return await measure(page)
  } finally {
    await browser?.close()
    await served.stop()
  }
}

const solved = (page: Page) => page.locator('main[data-state="solved"]').waitFor()

const at = (values: readonly number[], share: number) =>
  values.toSorted((a, b) => a - b)[Math.floor(share * (values.length - 1))] ?? Number.NaN

/** Rates of the magnets that are typed one after the other, t/y: within 5 % of the plant's own. */
const rates = ['28.6', '29.1', '27.9', '28.3', '29.4'] as const

/** Types a rate and waits until its solution is painted; milliseconds from the edit to there. */
async function edit(page: Page, rate: string): Promise<number> {
  const since = await page.evaluate(() => performance.now())
  await page.getByRole('textbox', { name: 'rate', exact: true }).fill(`${rate} t/y`)
  const painted = await page.waitForFunction((from) => {
    const found = performance
      .getEntriesByName('didymium:edit')
      .findLast((entry) => entry.startTime >= from)
    return found === undefined ? undefined : { duration: found.duration }
  }, since)
  return ((await painted.jsonValue()) as { duration: number }).duration
}

function editToRepaint(): Promise<number> {
  return onPage('#/plant?unit=magnets', async (page) => {
    await solved(page)
    const times: number[] = []
    for (let k = 0; k < 140; k++) times.push(await edit(page, rates[k % rates.length] as string))
    return at(times.slice(80), 0.5)
  })
}

/** Notes the time between frames, in the page. */
const watchFrames = `{
  globalThis.frames = []
  let last = performance.now()
  const frame = (now) => {
    globalThis.frames.push(now - last)
    last = now
    requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)
}`

/** 95th percentile of the time between frames while a slider is moved to and fro for a minute. */
function framesOfDrag(): Promise<number> {
  return onPage('#/plant?unit=leach', async (page) => {
    await solved(page)
    const box = await page.getByRole('slider', { name: /acid ratio/ }).boundingBox()
    if (box === null) throw new Error('the slider is not there')
    const middle = box.y + box.height / 2
    const place = (share: number) => box.x + box.width * share
    await page.mouse.move(place(0.5), middle)
    await page.mouse.down()
    await page.evaluate(watchFrames)
    const end = Date.now() + 60_000
    for (let k = 0; Date.now() < end; k++) {
      await page.mouse.move(place(0.5 + 0.05 * Math.sin(k / 20)), middle)
      await page.waitForTimeout(16)
    }
    await page.mouse.up()
    await solved(page)
    const frames = await page.evaluate<number[]>('globalThis.frames')
    return at(frames, 0.95)
  })
}

/** MB of heap that the page and its workers use, after what is garbage was taken away. */
async function heap(devtools: CDPSession, page: Page): Promise<number> {
  await devtools.send('HeapProfiler.collectGarbage')
  const { usedSize } = await devtools.send('Runtime.getHeapUsage')
  let all = usedSize
  for (const worker of page.workers()) {
    all += await worker.evaluate(() => {
      const { gc, performance: clock } = globalThis as unknown as {
        gc?: () => void
        performance: { memory?: { usedJSHeapSize: number } }
      }
      gc?.()
      return clock.memory?.usedJSHeapSize ?? 0
    })
  }
  return all / 1e6
}

function heapKept(): Promise<number> {
  return onPage('#/plant?unit=magnets', async (page) => {
    await solved(page)
    const devtools = await page.context().newCDPSession(page)
    const turn = async (count: number) => {
      for (let k = 0; k < count; k++) await edit(page, rates[k % rates.length] as string)
      return heap(devtools, page)
    }
    const before = await turn(300)
    return (await turn(10_000)) - before
  })
}

/** Milliseconds from an empty cache to the solved plant on the screen. */
function firstView(): Promise<number> {
  return onPage('', async (page) => {
    await solved(page)
    const times: number[] = []
    for (let k = 0; k < 5; k++) {
      const browser = page.context().browser()
      const context = await browser?.newContext({ viewport: { width: 1280, height: 800 } })
      const fresh = await context?.newPage()
      if (fresh === undefined) throw new Error('no page')
      const begun = Date.now()
      await fresh.goto(page.url())
      await solved(fresh)
      await fresh.locator('.react-flow__node').first().waitFor()
      times.push(Date.now() - begun)
      await context?.close()
    }
    return at(times, 0.5)
  })
}

/** kB of script that a first view takes over the wire, compressed; workers and all. */
function scriptOfFirstView(): Promise<number> {
  return onPage('', async (page) => {
    const context = await page.context().browser()?.newContext({ serviceWorkers: 'block' })
    const fresh = await context?.newPage()
    if (context === undefined || fresh === undefined) throw new Error('no page')
    let bytes = 0
    context.on('response', (answer) => {
      const { 'content-type': type = '', 'content-length': length } = answer.headers()
      if (type.includes('javascript')) bytes += Number(length ?? 0)
    })
    await fresh.goto(page.url())
    await solved(fresh)
    await fresh.locator('.react-flow__node').first().waitFor()
    return bytes / 1000
  })
}

/** The Belfast demonstration plant on the page, in a real browser. */
export const benchmarks: readonly Benchmark[] = [
  { name: 'page: edit to repainted solution', unit: 'ms', most: 50, measure: editToRepaint },
  {
    name: 'page: frame while a slider is dragged, 95 %',
    unit: 'ms',
    most: 33,
    measure: framesOfDrag,
  },
  { name: 'page: first view, solved', unit: 'ms', most: 2000, measure: firstView },
  { name: 'page: script of the first view', unit: 'kB', most: 400, measure: scriptOfFirstView },
  { name: 'page: heap kept by 10,000 re-solves', unit: 'MB', most: 5, measure: heapKept },
]
