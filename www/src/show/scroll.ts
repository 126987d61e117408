// Where an element scrolls: the nearest scrolling ancestor, through shadow roots, or the window.

/** The element that scrolls `from`, or the window. */
export function scroller(from: Element): Element | Window {
  let at: Node | null = from.parentNode;
  while (at) {
    if (at instanceof ShadowRoot) at = at.host;
    if (at instanceof Element && at !== document.body && at !== document.documentElement) {
      const { overflowY } = getComputedStyle(at);
      if (overflowY === "auto" || overflowY === "scroll") return at;
    }
    at = at instanceof Element && at.assignedSlot ? at.assignedSlot : at.parentNode;
  }
  return window;
}

/** How far the top of `element` lies below the top of what `root` scrolls, in pixels. */
export function offsetWithin(element: Element, root: Element | Window): number {
  const top = element.getBoundingClientRect().top;
  if (root instanceof Window) return top + root.scrollY;
  return top - root.getBoundingClientRect().top + root.scrollTop;
}
