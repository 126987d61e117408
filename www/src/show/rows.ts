// A Lit controller around TanStack's virtualizer: which rows of a long list to draw, and where, on page or container scroll.
import {
  Virtualizer,
  defaultRangeExtractor,
  elementScroll,
  observeElementOffset,
  observeElementRect,
  observeWindowOffset,
  observeWindowRect,
  windowScroll,
  type VirtualItem,
} from "@tanstack/virtual-core";
import type { LitElement, ReactiveController } from "lit";
import { offsetWithin, scroller } from "./scroll";

export class VirtualRows implements ReactiveController {
  #host: LitElement;
  #list: () => Element | null;
  #height: () => number;
  #keep: () => number;
  #virtual: Virtualizer<any, Element> | null = null;
  #undo: (() => void) | null = null;
  #root: Element | Window = window;
  #margin = 0;
  #count = 0;
  #watch = new ResizeObserver(() => this.#settle());

  /** `list` is the element that holds the rows, `height` a row's height, `keep` a row that is always drawn, or −1. */
  constructor(host: LitElement, list: () => Element | null, height: () => number, keep: () => number) {
    this.#host = host;
    this.#list = list;
    this.#height = height;
    this.#keep = keep;
    host.addController(this);
  }

  hostUpdated() {
    if (!this.#virtual && this.#list()) this.#start();
  }

  hostDisconnected() {
    this.#undo?.();
    this.#watch.disconnect();
    this.#virtual = null;
  }

  #options() {
    const root = this.#root;
    const page = root instanceof Window;
    return {
      count: this.#count,
      getScrollElement: () => root,
      estimateSize: () => this.#height(),
      overscan: 8,
      scrollMargin: this.#margin,
      initialRect: { width: 0, height: globalThis.innerHeight },
      rangeExtractor: (range: Parameters<typeof defaultRangeExtractor>[0]) => {
        const keep = this.#keep();
        const rows = defaultRangeExtractor(range);
        return keep >= 0 && keep < range.count && !rows.includes(keep) ? [...rows, keep].sort((a, b) => a - b) : rows;
      },
      scrollToFn: page ? windowScroll : elementScroll,
      observeElementRect: page ? observeWindowRect : observeElementRect,
      observeElementOffset: page ? observeWindowOffset : observeElementOffset,
      onChange: () => this.#host.requestUpdate(),
    } as any;
  }

  #start() {
    this.#root = scroller(this.#host);
    this.#virtual = new Virtualizer(this.#options());
    this.#undo = this.#virtual._didMount();
    this.#virtual._willUpdate();
    this.#watch.observe(document.body);
    this.#watch.observe(this.#host);
    this.#settle();
  }

  /** Measures anew where the list begins, after anything above it may have moved it. */
  #settle() {
    const list = this.#list();
    if (!list || !this.#virtual) return;
    const margin = offsetWithin(list, this.#root);
    if (Math.abs(margin - this.#margin) < 1) return;
    this.#margin = margin;
    this.#host.requestUpdate();
  }

  /** The rows to draw of `count`, with their place from the list's top; all of them until the list is laid out. */
  rows(count: number): VirtualItem[] {
    this.#count = count;
    const virtual = this.#virtual;
    if (!virtual) return [];
    virtual.setOptions(this.#options());
    virtual._willUpdate();
    return virtual.getVirtualItems().map((item) => ({ ...item, start: item.start - this.#margin }));
  }

  /** Forgets the heights, after the layout of a row changed. */
  remeasure() {
    this.#virtual?.measure();
  }

  /** Scrolls row `index` into sight. */
  show(index: number) {
    this.#virtual?.scrollToIndex(index, { align: "auto" });
  }
}
