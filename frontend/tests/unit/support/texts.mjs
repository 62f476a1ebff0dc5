/** All texts of each language, as they are once the whole studio is there. */
import { deLater } from "../../../assets/js/i18n/de-later.js";
import { de as deFirst } from "../../../assets/js/i18n/de.js";
import { enLater } from "../../../assets/js/i18n/en-later.js";
import { en as enFirst } from "../../../assets/js/i18n/en.js";

export const de = { ...deFirst, ...deLater };
export const en = { ...enFirst, ...enLater };
