module letopis

go 1.26
