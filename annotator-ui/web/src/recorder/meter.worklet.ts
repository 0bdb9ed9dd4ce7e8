/**
 * Runs where the browser makes sound, so that the meter keeps time when the page is busy: tells the level of every
 * frame. It must stand alone; a worklet cannot load other files in every browser.
 */

declare const sampleRate: number;
declare abstract class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, processor: unknown): void;

class Meter extends AudioWorkletProcessor {
  private readonly frame: number;
  private sum = 0;
  private peak = 0;
  private count = 0;

  constructor(options: { processorOptions?: { frame_secs?: number } }) {
    super();
    this.frame = Math.round(sampleRate * (options.processorOptions?.frame_secs ?? 0.02));
  }

  process(inputs: Float32Array[][]): boolean {
    const samples = inputs[0]?.[0];
    if (!samples) return true;
    for (const sample of samples) {
      this.sum += sample * sample;
      this.peak = Math.max(this.peak, Math.abs(sample));
      this.count += 1;
      if (this.count === this.frame) {
        const mean = this.sum / this.count;
        this.port.postMessage({ level_db: mean <= 1e-10 ? -100 : 10 * Math.log10(mean), peak: this.peak });
        this.sum = 0;
        this.peak = 0;
        this.count = 0;
      }
    }
    return true;
  }
}

registerProcessor('pixmo-meter', Meter);

export {};
