export interface Tracer {
  readonly name: string
}
