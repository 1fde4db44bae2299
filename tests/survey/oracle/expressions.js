"use strict";
// Asks survey-core what expressions come to: lines of JSON in, lines of JSON out.
const { core, encoded, answerAll, warned } = require("./frozen.js");

answerAll(({ e, v }) => {
  if (!new core.ConditionsParser().parseExpression(e)) return { $: "refused" };
  try {
    const value = new core.ExpressionRunner(e).runValues(v);
    return warned().includes("Unknown function") ? { $: "refused" } : encoded(value);
  } catch (failure) {
    return { $: "throws" };
  }
});
