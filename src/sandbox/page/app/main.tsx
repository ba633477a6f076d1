import { render } from 'preact'
import { App } from './app.tsx'
import './styles/main.css'

const root = document.getElementById('page')
if (root !== null) render(<App />, root)
