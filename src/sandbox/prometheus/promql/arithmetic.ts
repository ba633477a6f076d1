import type { BinaryOperator } from './syntax.ts'

/** Undefined for set operators, which compute nothing. */
export function compute(operator: BinaryOperator, left: number, right: number): number | boolean | undefined {
  switch (operator) {
    case '+':
      return left + right
    case '-':
      return left - right
    case '*':
      return left * right
    case '/':
      return left / right
    case '%':
      return left % right
    case 'atan2':
      return Math.atan2(left, right)
    case '^':
      return left ** right
    case '==':
      return left === right
    case '!=':
      return left !== right
    case '>':
      return left > right
    case '<':
      return left < right
    case '>=':
      return left >= right
    case '<=':
      return left <= right
    case 'and':
    case 'or':
    case 'unless':
      return undefined
  }
}
