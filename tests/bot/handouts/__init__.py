"""What is handed out: QR codes, sheets and forms, looked at as they come out of a printer."""
