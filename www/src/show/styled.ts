// Custom properties on an element through the CSSOM: a `style` attribute would be refused by the page's policy.
import { directive, Directive, PartType, type ElementPart, type PartInfo } from "lit/directive.js";
import { noChange } from "lit";

class Styled extends Directive {
  constructor(info: PartInfo) {
    super(info);
    if (info.type !== PartType.ELEMENT) throw new Error("styled belongs on an element");
  }

  override update(part: ElementPart, [properties]: [Record<string, string>]): typeof noChange {
    const style = (part.element as HTMLElement | SVGElement).style;
    for (const [name, value] of Object.entries(properties)) style.setProperty(name, value);
    return noChange;
  }

  render(_properties: Record<string, string>): typeof noChange {
    return noChange;
  }
}

/** `<div ${styled({ '--share': '0.4' })}>` */
export const styled = directive(Styled);
